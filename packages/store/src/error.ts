import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * What is wrong with a database file. `lost`: it is gone, or empty, where there was one before; `unusable` is a folder
 * or file that cannot be opened at all.
 */
export type StoreErrorKind =
  | 'damaged'
  | 'full'
  | 'disk'
  | 'locked'
  | 'read-only'
  | 'replaced'
  | 'lost'
  | 'newer'
  | 'unusable';

/** A database that cannot be used as it is: something that the person in charge can put right. Text in Spanish. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;
  /** The database's file. */
  readonly file: string;
  /** What to do. */
  readonly fix: string;
  /** @param options.fix where whoever knows the file knows better what to do. */
  constructor(kind: StoreErrorKind, file: string, options: ErrorOptions & { fix?: string } = {}) {
    super(WORDS[kind].message(file), options);
    this.kind = kind;
    this.file = file;
    this.fix = options.fix ?? WORDS[kind].fix;
  }
}

/** A failure of SQLite or of the file system that is no bug of ours, as a {@link StoreError}; anything else as it is. */
export function storeErrorOf(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const kind = kindOf(error);
  if (kind === undefined) return error;
  const isOfDisk = ('code' in error && error.code === 'EROFS') || isReadOnlyDisk(kind, file);
  return isOfDisk
    ? new StoreError('read-only', file, { cause: error, fix: READ_ONLY_DISK })
    : new StoreError(kind, file, { cause: error });
}

function kindOf(error: Error): StoreErrorKind | undefined {
  if ('errcode' in error && typeof error.errcode === 'number')
    return KIND_OF_RESULT[error.errcode & PRIMARY_CODE];
  // Where rows are read (RETURNING too) the driver gives the words alone.
  const said = Object.entries(RESULT_OF_WORDS).find(([words]) => error.message.startsWith(words));
  if (said !== undefined) return KIND_OF_RESULT[said[1]];
  return 'code' in error ? KIND_OF_SYSTEM[String(error.code)] : undefined;
}

/** Whether the nearest folder there is stands on a disk that nobody can write to, whatever the permissions. */
function isReadOnlyDisk(kind: StoreErrorKind, file: string): boolean {
  if (kind !== 'read-only' && kind !== 'unusable') return false;
  let place = file;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  try {
    accessSync(place, constants.W_OK);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EROFS';
  }
}

const READ_ONLY_DISK =
  'Su disco no admite escritura: está montado solo para lectura, protegido o dañado. Habilítelo y repita, o use una carpeta de otro disco con --datos.';

/** The low byte of a result code: https://www.sqlite.org/rescode.html#primary_result_codes_versus_extended_result_codes */
const PRIMARY_CODE = 0xff;

const KIND_OF_RESULT: Record<number, StoreErrorKind> = {
  3: 'read-only', // PERM
  5: 'locked', // BUSY
  6: 'locked', // LOCKED
  8: 'read-only', // READONLY
  10: 'disk', // IOERR: the disk, a quota or a limit refused it, or less is there than was written
  11: 'damaged', // CORRUPT
  13: 'full', // FULL
  14: 'unusable', // CANTOPEN
  26: 'damaged', // NOTADB
};

/** What sqlite3_errstr() says of them. */
const RESULT_OF_WORDS: Record<string, number> = {
  'access permission denied': 3,
  'database is locked': 5,
  'database table is locked': 6,
  'attempt to write a readonly database': 8,
  'disk I/O error': 10,
  'database disk image is malformed': 11,
  'database or disk is full': 13,
  'unable to open database file': 14,
  'file is not a database': 26,
};

const KIND_OF_SYSTEM: Record<string, StoreErrorKind> = {
  EACCES: 'unusable',
  EEXIST: 'unusable',
  EISDIR: 'unusable',
  // What a folder cannot be made in: on a read-only disk too, below a folder that is missing.
  ENOENT: 'unusable',
  ENOTDIR: 'unusable',
  EPERM: 'unusable',
  EROFS: 'read-only',
  EDQUOT: 'full',
  ENOSPC: 'full',
};

const WORDS: Record<StoreErrorKind, { message: (file: string) => string; fix: string }> = {
  damaged: {
    message: (file) => `El archivo ${file} está dañado, o no es una base de datos.`,
    fix: 'No lo borre. Detenga puente, guarde ese archivo aparte tal como está y reponga el último respaldo bueno.',
  },
  full: {
    message: (file) => `No se pudo escribir en ${file}: el disco está lleno, o no acepta más datos.`,
    fix: 'Libere espacio en ese disco y repita. Lo que ya estaba anotado sigue ahí; lo último no se anotó.',
  },
  disk: {
    message: (file) => `El disco no dejó leer o escribir ${file}: está lleno, se desconectó o falla.`,
    fix: 'Revise que el disco tenga espacio y esté bien conectado, y repita. Si sigue igual, detenga puente, guarde ese archivo aparte tal como está y reponga el último respaldo bueno.',
  },
  locked: {
    message: (file) => `Otro programa tiene ocupado el archivo ${file} hace más de diez segundos.`,
    fix: 'Cierre lo que lo esté usando (otro puente detenido a medias, un programa de respaldo o un antivirus) y repita.',
  },
  'read-only': {
    message: (file) => `El archivo ${file} solo se puede leer, no escribir.`,
    fix: 'Dé al usuario que ejecuta puente permiso de escritura en ese archivo y en su carpeta, y repita.',
  },
  replaced: {
    message: (file) =>
      `El archivo ${file} fue borrado o reemplazado mientras puente lo usaba. No se escribió nada más.`,
    fix: 'Detenga puente, reponga el archivo o el último respaldo bueno, y parta de nuevo. Para restaurar use «puente restaurar», que no necesita reemplazar el archivo.',
  },
  lost: {
    message: (file) => `El archivo ${file} no está, o quedó vacío, y antes hubo uno.`,
    fix: 'Reponga el archivo o el último respaldo bueno, y repita.',
  },
  newer: {
    message: (file) => `El archivo ${file} fue escrito por una versión más nueva de puente.`,
    fix: 'Actualice puente en este computador, o use otra carpeta con --datos.',
  },
  unusable: {
    message: (file) => `No se puede abrir el archivo ${file}.`,
    fix: 'Revise que su carpeta exista, que sea una carpeta y que el usuario que ejecuta puente pueda leer y escribir en ella.',
  },
};
