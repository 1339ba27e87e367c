/** A student × module in a body: its place in `listaAlumnos`, and in that student's `listaModulos`; from 0. */
export type Position = readonly [alumno: number, modulo: number];

/** A position as people read it: `listaAlumnos[0].listaModulos[1]`; of the student alone where there is no module. */
export function positionPath([alumno, modulo]: Position | readonly [alumno: number]): string {
  const student = `listaAlumnos[${alumno}]`;
  return modulo === undefined ? student : `${student}.listaModulos[${modulo}]`;
}
