import type { FuenteInstalada, FuenteNueva } from '../../../src/api.ts';

export type OtroLms = Extract<FuenteInstalada, { tipo: 'sql' | 'entidades' }>;
type Sql = Extract<OtroLms, { tipo: 'sql' }>;
type Servidor = Exclude<Sql['base'], { motor: 'sqlite' }>;

export type Motor = Sql['base']['motor'] | 'carpeta';
/** `receta:NOMBRE`, or own queries. */
export type Lectura = 'texto' | 'archivo' | `receta:${string}`;

/** What a person has written of an LMS that is no Moodle; all of it is kept, whatever is chosen in between. */
export interface Borrador {
  nombre: string;
  motor: Motor;
  servidor: string;
  puerto: string;
  base: string;
  usuario: string;
  /** Empty: the one that is kept. */
  clave: string;
  tls: boolean;
  /** Of a SQLite. */
  archivo: string;
  carpeta: string;
  lectura: Lectura;
  parametros: Record<string, string>;
  consultas: string;
  texto: string;
  /** Open edX's tracking log; empty: the clicks come from a query. */
  registro: string;
  zonaHoraria: string;
  columnas: OtroLms['columnas'];
}

const NUEVO: Omit<Borrador, 'nombre'> = {
  ...{
    motor: 'mariadb',
    servidor: 'localhost',
    puerto: '3306',
    base: '',
    usuario: '',
    clave: '',
    tls: false,
  },
  ...{ archivo: './aula.db', carpeta: './aula', lectura: 'texto', parametros: {}, consultas: './aula.sql' },
  ...{ texto: '', registro: '', zonaHoraria: 'America/Santiago', columnas: {} },
};

/** Where a server's engine listens, unless somebody changed it. */
export const PUERTOS: Partial<Record<Motor, string>> = {
  mariadb: '3306',
  mysql: '3306',
  postgres: '5432',
  sqlserver: '1433',
};

export function borradorDe(fuente: OtroLms | null, nombre: string): Borrador {
  if (fuente === null) return { ...NUEVO, nombre };
  const { zonaHoraria, columnas } = fuente;
  const comun = { ...NUEVO, nombre: fuente.nombre, zonaHoraria: zonaHoraria ?? '', columnas };
  if (fuente.tipo === 'entidades') return { ...comun, motor: 'carpeta', carpeta: fuente.ruta };
  const { base, lectura, registro = '' } = fuente;
  return { ...comun, registro, ...deBase(base), ...deLectura(lectura) };
}

function deBase(base: Sql['base']): Partial<Borrador> {
  if (base.motor === 'sqlite') return { motor: base.motor, archivo: base.archivo };
  const { motor, servidor, puerto, base: nombre, usuario, tls }: Servidor = base;
  return { motor, servidor, puerto: String(puerto), base: nombre, usuario, tls };
}

function deLectura(lectura: Sql['lectura']): Partial<Borrador> {
  switch (lectura.de) {
    case 'receta':
      return { lectura: `receta:${lectura.receta}`, parametros: lectura.parametros };
    case 'archivo':
      return { lectura: 'archivo', consultas: lectura.ruta };
    case 'texto':
      return { lectura: 'texto', texto: lectura.texto };
  }
}

/** As it is asked of the server; a password that was left empty is left out: the one that is kept stays. */
export function fuenteDe(borrador: Borrador): FuenteNueva {
  const { nombre, motor, columnas, carpeta } = borrador;
  const registro = llevaRegistro(borrador) ? borrador.registro.trim() : '';
  const zonaHoraria = borrador.zonaHoraria.trim() || null;
  if (motor === 'carpeta') return { nombre, tipo: 'entidades', ruta: carpeta, zonaHoraria, columnas };
  return {
    nombre,
    tipo: 'sql',
    base: baseDe(borrador, motor),
    lectura: lecturaDe(borrador),
    ...(registro !== '' && { registro }),
    zonaHoraria,
    columnas,
  };
}

/** Whether Open edX's tracking log may go along: its tables are in MySQL, and no recipe of ours reads them. */
export function llevaRegistro({ motor, lectura }: Borrador): boolean {
  return (motor === 'mariadb' || motor === 'mysql') && !lectura.startsWith('receta:');
}

function baseDe(
  borrador: Borrador,
  motor: Sql['base']['motor'],
): Extract<FuenteNueva, { tipo: 'sql' }>['base'] {
  if (motor === 'sqlite') return { motor, archivo: borrador.archivo };
  const { servidor, puerto, base, usuario, tls, clave } = borrador;
  return { motor, servidor, puerto: Number(puerto), base, usuario, tls, ...(clave !== '' && { clave }) };
}

function lecturaDe({ lectura, parametros, consultas, texto }: Borrador): Sql['lectura'] {
  if (lectura === 'texto') return { de: 'texto', texto };
  if (lectura === 'archivo') return { de: 'archivo', ruta: consultas };
  return { de: 'receta', receta: lectura.slice('receta:'.length), parametros };
}

/** In words, for a list. */
export function dondeLeeOtroLms(fuente: OtroLms): string {
  if (fuente.tipo === 'entidades') return `Otro LMS: los archivos de ${fuente.ruta}`;
  const { base, lectura } = fuente;
  const donde = base.motor === 'sqlite' ? base.archivo : `«${base.base}» en ${base.servidor}`;
  const como = { receta: '', archivo: ', con sus propias consultas', texto: ', con sus propias consultas' };
  const receta = lectura.de === 'receta' ? `, con la receta ${lectura.receta}` : como[lectura.de];
  return `Otro LMS, por su base de datos ${donde}${receta}`;
}
