import type { Alumno, Draft, Modulo } from '@puente-sic/protocol';
import type { ColumnAnswers, Reading, StudentTree } from '../../../src/index.ts';
import type { Figures, Meant } from './meant.ts';

/** What was made of what was meant: values that were read, and records that were held back. */
export interface Verdict {
  read: number;
  held: number;
  /** Another value than was meant, in silence; a person who is nowhere. */
  wrong: string[];
}

/** What was told, and how far from what was meant a value may be that people write rounded. */
interface Allowed {
  told: string;
  /** Minutes and hours. */
  seconds: number;
  /** Marks of 1–7. */
  marks: number;
}

/** Compares a reading with what its sheet was meant to say, and with what was answered about it. */
export function judge(
  { courses, notGiven, findings }: Reading,
  meant: readonly Meant[],
  columnas: ColumnAnswers,
): Verdict {
  const verdict: Verdict = { read: 0, held: 0, wrong: [] };
  // A table that is told and not read has told all of its people.
  if (courses.length === 0 && [...findings, ...notGiven].length > 0)
    return { ...verdict, held: meant.length };
  const told = findings.map(({ message }) => message).join('\n');
  const answered = (of: RegExp): boolean => Object.keys(columnas).some((key) => of.test(key));
  const allowed = {
    told,
    seconds: answered(/tiempo/i) ? 30 : 0,
    marks: answered(/nota|evaluacion/i) ? 1 : 0,
  };
  const students = courses.flatMap((course) => course.students.map((student) => ({ course, student })));
  const numbers = new Set(meant.map(({ numero }) => numero));
  for (const { student, course } of students) {
    if (student.held.length > 0) continue;
    const each = meant.find(({ numero }) => numero === student.alumno.rutAlumno);
    if (each === undefined || student.alumno.dvAlumno !== each.dv) {
      verdict.wrong.push(`somebody else: ${student.alumno.rutAlumno}-${student.alumno.dvAlumno}`);
      continue;
    }
    // Who has no module left is not sent, and nothing needs to be said of the course's codes.
    const sent = (student.alumno.listaModulos ?? []).length > 0;
    const code = (read: string, right: string): boolean =>
      !sent || read === right || (told.includes('minúsculas') && read === right.toLowerCase());
    if (!code(course.codigoOferta, each.codigoOferta)) verdict.wrong.push(`oferta ${course.codigoOferta}`);
    if (!code(course.codigoGrupo, each.codigoGrupo)) verdict.wrong.push(`grupo ${course.codigoGrupo}`);
    compare(student.alumno, each.alumno, 'evaluacionFinal', allowed, verdict);
    compareModules(
      student,
      meant.filter(({ numero }) => numero === each.numero),
      allowed,
      verdict,
    );
  }
  const held = students.filter(({ student }) => student.held.length > 0);
  const free = students.filter(({ student }) => student.held.length === 0);
  verdict.held += held.length;
  for (const numero of numbers) {
    const seen = free.filter(({ student }) => student.alumno.rutAlumno === numero).length;
    if (seen > 1) verdict.wrong.push(`${numero} is two people`);
    // A row that could not be split names who is in it.
    const named = told.includes(`${numero}-`);
    if (seen === 0 && held.length === 0 && !named) verdict.wrong.push(`${numero} is nowhere`);
  }
  return verdict;
}

function compareModules(
  student: StudentTree,
  meant: readonly Meant[],
  allowed: Allowed,
  verdict: Verdict,
): void {
  const modules = student.alumno.listaModulos ?? [];
  verdict.held += student.heldModules?.length ?? 0;
  const missing = meant.length - modules.length - (student.heldModules?.length ?? 0);
  // A row that could not be split names who is in it.
  const { rutAlumno, dvAlumno } = student.alumno;
  if (missing > 0 && allowed.told.includes(`${rutAlumno}-${dvAlumno}`)) verdict.held += missing;
  else if (missing !== 0) verdict.wrong.push(`${modules.length} modules of ${meant.length}`);
  for (const modulo of modules) {
    const each = meant.find(
      ({ codigoModulo }) =>
        codigoModulo === modulo.codigoModulo ||
        (allowed.told.includes('minúsculas') && codigoModulo.toLowerCase() === modulo.codigoModulo),
    );
    if (each === undefined) {
      verdict.wrong.push(`module ${modulo.codigoModulo}`);
      continue;
    }
    compare(modulo, each.modulo, 'notaModulo', allowed, verdict);
    const [activity] = modulo.listaActividades ?? [];
    // A name with a part crossed out goes as it stands, and that is told.
    if (activity?.codigoActividad !== each.actividad && !allowed.told.includes('tachado'))
      verdict.wrong.push(`activity ${activity?.codigoActividad}`);
  }
}

/** Values that are no figure and no date are refused by their code, with their place. */
function compare(
  read: Draft<Alumno> & Draft<Modulo>,
  meant: Figures,
  mark: 'evaluacionFinal' | 'notaModulo',
  { told, seconds, marks }: Allowed,
  verdict: Verdict,
): void {
  const check = (name: string, value: unknown, right: number | string | null, within = 0): void => {
    if (value === undefined && (right === null || told.includes(name) || told.includes('estados'))) return;
    const same =
      typeof value === 'number' && typeof right === 'number'
        ? Math.abs(value - right) <= within
        : value === right;
    if (same) verdict.read++;
    else verdict.wrong.push(`${name}: ${JSON.stringify(value)} for ${JSON.stringify(right)}`);
  };
  check('tiempoConectividad', read.tiempoConectividad, meant.tiempo, seconds);
  check('porcentajeAvance', read.porcentajeAvance, meant.avance, 0.051);
  if (read.estado !== undefined) check('estado', read.estado, meant.estado);
  check(mark, read[mark], meant.nota, marks);
  for (const [name, right] of [
    ['fechaInicio', meant.inicio],
    ['fechaFin', meant.fin],
  ] as const) {
    // The day stands first in Chile: without any proof that it does not, it is read so, and told.
    const other = told.includes('día-mes-año') || isRefused(read[name]);
    if (read[name] === right) verdict.read++;
    else if (!other) verdict.wrong.push(`${name}: ${JSON.stringify(read[name])} for ${right}`);
  }
}

function isRefused(value: unknown): boolean {
  return typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value);
}
