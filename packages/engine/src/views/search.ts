import { sql } from 'kysely';
import { cursosSeen } from '../ledger/cursos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CourseKey } from '../ledger/tables.ts';

/** What a person typed to be found: courses and students, the best known first. */
export interface Encontrado {
  cursos: (CourseKey & { titulo: string })[];
  alumnos: (CourseKey & { titulo: string; rut: string; nombre: string | null })[];
  /** There are more than these. */
  hayMas: boolean;
}

/**
 * Courses by title or code, students by name or RUT, however they are written: without accents, dots or capitals, the
 * words in any order. Reads the ledger alone. Less than two letters finds nothing.
 */
export async function search(
  { db }: Ledger,
  { texto, rutOtecs, limite = 8 }: { texto: string; rutOtecs: readonly string[]; limite?: number },
): Promise<Encontrado> {
  const words = plain(texto).split(/\s+/).filter(Boolean);
  if (words.join('').length < 2) return { cursos: [], alumnos: [], hayMas: false };
  const isFound = (text: string) => words.every((word) => text.includes(word));
  const seen = (await Promise.all(rutOtecs.map((rutOtec) => cursosSeen(db, rutOtec)))).flat();
  const titles = new Map(seen.map((row) => [keyOf(row), row.titulo]));
  const cursos = seen
    .filter(({ titulo, codigoOferta, codigoGrupo }) =>
      isFound(plain(`${titulo} ${codigoOferta} ${codigoGrupo}`)),
    )
    .map(({ rutOtec, codigoOferta, codigoGrupo, titulo }) => ({
      rutOtec,
      codigoOferta,
      codigoGrupo,
      titulo,
    }));
  const alumnos: Encontrado['alumnos'] = [];
  for (const rutOtec of rutOtecs) {
    const { rows } = await sql<{ lista: string }>`
      SELECT json_group_array(json_array(codigoOferta, codigoGrupo, rut, nombre)) AS lista
      FROM alumno WHERE rutOtec = ${rutOtec} AND ausente IS NULL`.execute(db);
    const people: [oferta: string, grupo: string, rut: string, nombre: string | null][] = JSON.parse(
      rows[0]?.lista ?? '[]',
    );
    for (const [codigoOferta, codigoGrupo, rut, nombre] of people) {
      // With and without its hyphen: people paste both.
      if (!isFound(plain(`${nombre ?? ''} ${rut} ${rut.replace('-', '')}`))) continue;
      const course = { rutOtec, codigoOferta, codigoGrupo };
      alumnos.push({ ...course, titulo: titles.get(keyOf(course)) ?? codigoOferta, rut, nombre });
    }
  }
  return {
    cursos: cursos.slice(0, limite),
    alumnos: alumnos.slice(0, limite),
    hayMas: cursos.length > limite || alumnos.length > limite,
  };
}

function keyOf({ rutOtec, codigoOferta, codigoGrupo }: CourseKey): string {
  return JSON.stringify([rutOtec, codigoOferta, codigoGrupo]);
}

/** As people type: without accents, dots or capitals. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .toLowerCase()
    .trim();
}
