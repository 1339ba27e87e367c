import { csv, FLAT_HEADER, flatRow, readOne } from './reading.ts';

const HEADER = [
  ...FLAT_HEADER,
  'dvAlumno',
  'estado',
  'evaluacionFinal',
  'moduloEstado',
  'notaModulo',
  'nombre',
];
type Row = Record<string, string>;

/** Rows of the flat template with its optional columns. */
export const table = (...rows: Row[]): string =>
  csv(
    rows.map((row) => ({ ...flatRow(), ...row })),
    HEADER,
  );

/** What a table makes of its only course: figures, what is held back and what is told. */
export async function reading(content: string | Uint8Array, file = 'avance.csv') {
  const { students, told, codigoOferta, codigoGrupo } = await readOne(content, file);
  return {
    codigoOferta,
    codigoGrupo,
    told,
    ruts: students.map(({ alumno, held }) =>
      held.length > 0 ? null : `${alumno.rutAlumno}-${alumno.dvAlumno}`,
    ),
    alumnos: students.map(({ alumno }) => alumno),
    modulos: students.flatMap(({ alumno }) => alumno.listaModulos ?? []),
    held: students.flatMap(({ held, heldModules = [] }) => [...held, ...heldModules]),
  };
}
