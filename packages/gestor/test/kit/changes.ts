import type { Curso } from '@puente-sic/protocol';
import type { Cuerpo, Wire } from './program.ts';

/** A change of the bodies of one course alone. */
export const inCourse = (codigo: string, change: (cuerpo: Cuerpo) => void) => (cuerpo: Cuerpo) => {
  if (cuerpo.codigoOferta === codigo) change(cuerpo);
};
export const alumnos = (change: (alumno: Cuerpo['listaAlumnos'][number]) => void) => (cuerpo: Cuerpo) =>
  cuerpo.listaAlumnos.forEach(change);
export const modulos = (change: (modulo: Cuerpo['listaAlumnos'][number]['listaModulos'][number]) => void) =>
  alumnos(({ listaModulos }) => listaModulos.forEach(change));
/** Another way for the calls of one course alone to leave. */
export const onWire =
  (codigo: string, change: (wire: Wire) => Partial<Wire>) => (wire: Wire, codigoOferta: string) =>
    codigoOferta === codigo ? { ...wire, ...change(wire) } : wire;

/** A course in parts of so many students. */
export function chunks(curso: Curso, size: number): Curso[] {
  const { listaAlumnos } = curso;
  return Array.from({ length: Math.ceil(listaAlumnos.length / size) }, (_, at) =>
    withAlumnos(curso, listaAlumnos.slice(at * size, (at + 1) * size)),
  );
}

export function withAlumnos(curso: Curso, listaAlumnos: Curso['listaAlumnos']): Curso {
  return { ...curso, listaAlumnos };
}
