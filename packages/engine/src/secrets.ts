import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { EngineFailure } from './failure.ts';
import type { Ledger } from './ledger/ledger.ts';

/**
 * Tokens and passwords encrypted at rest (AES-256-GCM), for who does not want them in the environment or a file. The
 * key comes from the environment (`PUENTE_CLAVE`, at least 32 characters) and is nowhere in the state folder; a secret
 * can be replaced and used, and no command shows it. The name is bound to the secret: one cannot stand for another.
 */
export async function saveSecret(
  { db }: Ledger,
  nombre: string,
  secreto: string,
  clave: string,
  now: Date,
): Promise<void> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFrom(clave), nonce).setAAD(Buffer.from(nombre));
  const text = Buffer.concat([cipher.update(secreto, 'utf8'), cipher.final()]);
  const cifrado = Buffer.concat([nonce, cipher.getAuthTag(), text]);
  const row = { cifrado, cambiado: now.toISOString() };
  await db
    .insertInto('secreto')
    .values({ nombre, ...row })
    .onConflict((conflict) => conflict.column('nombre').doUpdateSet(row))
    .execute();
}

/**
 * For the program's own use only.
 * @throws EngineFailure where there is none, or the key is not the one that it was written with.
 */
export async function readSecret({ db }: Ledger, nombre: string, clave: string): Promise<string> {
  const row = await db
    .selectFrom('secreto')
    .select('cifrado')
    .where('nombre', '=', nombre)
    .executeTakeFirst();
  if (row === undefined) {
    throw new EngineFailure(
      `No hay un secreto guardado con el nombre «${nombre}».`,
      'Guárdelo primero en esta carpeta de estado.',
    );
  }
  const bytes = Buffer.from(row.cifrado);
  const tagEnd = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(clave), bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(nombre))
    .setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new EngineFailure(
      `El secreto «${nombre}» no se puede abrir con la clave de PUENTE_CLAVE.`,
      'Use la misma clave con que se guardó: está en esa variable o en el archivo puente.clave, junto a puente.yaml. Si se perdió, guarde el secreto de nuevo.',
      { cause },
    );
  }
}

export async function hasSecret({ db }: Ledger, nombre: string): Promise<boolean> {
  const row = await db.selectFrom('secreto').select('nombre').where('nombre', '=', nombre).executeTakeFirst();
  return row !== undefined;
}

/** When each secret was last written, by its name; what a running service sees of one that was changed beside it. */
export async function secretDates({ db }: Ledger): Promise<Map<string, string>> {
  const rows = await db.selectFrom('secreto').select(['nombre', 'cambiado']).orderBy('nombre').execute();
  return new Map(rows.map(({ nombre, cambiado }) => [nombre, cambiado]));
}

export async function removeSecret({ db }: Ledger, nombre: string): Promise<void> {
  await db.deleteFrom('secreto').where('nombre', '=', nombre).execute();
}

function keyFrom(clave: string): Buffer {
  if (clave.length < MIN_KEY_LENGTH) {
    throw new EngineFailure(
      `La variable PUENTE_CLAVE debe tener al menos ${MIN_KEY_LENGTH} caracteres.`,
      'Cree una al azar, por ejemplo con «openssl rand -base64 32», y guárdela fuera de esta carpeta.',
    );
  }
  // The key is random by itself; this only gives it its length and its purpose.
  return Buffer.from(hkdfSync('sha256', clave, '', 'puente-sic secretos v1', 32));
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const MIN_KEY_LENGTH = 32;
