import type { Terminal } from '../terminal.ts';

interface Course {
  codigoOferta: string;
  codigoGrupo: string;
  titulo: string;
}

/** In a table: its code, and its title where the source has one. */
export function courseName({ codigoOferta, titulo }: Course): string {
  return titulo === '' || titulo === codigoOferta ? codigoOferta : `${codigoOferta}  ${titulo}`;
}

/** Above what is told of it. */
export function printCourse({ line, colors }: Terminal, course: Course): void {
  const { codigoOferta, codigoGrupo, titulo } = course;
  const codes = codigoGrupo === codigoOferta ? codigoOferta : `${codigoOferta} · grupo ${codigoGrupo}`;
  line();
  line(
    titulo === '' || titulo === codigoOferta
      ? colors.bold(codes)
      : `${colors.bold(titulo)}  ${colors.dim(codes)}`,
  );
}
