import type { PorCorregir } from '../views/por-corregir.ts';
import { peopleOf } from '../views/problem-words.ts';
import { amount, counted, listed } from '../words.ts';
import type { Fila } from './carta.ts';

type Error = PorCorregir & { titulo: string };

/** Equal problems together, refused ones first. `named`: who, by name; otherwise how many, course by course. */
export function rowsOfProblems(errors: readonly Error[], named: boolean): Fila[] {
  const groups = new Map<string, Error[]>();
  for (const error of errors) {
    const own = groups.get(error.problema.clave);
    if (own === undefined) groups.set(error.problema.clave, [error]);
    else own.push(error);
  }
  const rank = ([first]: Error[]) => (first?.origen === 'gestor' ? 0 : 1);
  return [...groups.values()]
    .sort((a, b) => rank(a) - rank(b) || peopleOf(b) - peopleOf(a))
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { titulo, porQue } = first.problema;
      return {
        cuantos: peopleOf(group),
        tono: first.origen === 'gestor' ? ('mal' as const) : ('espera' as const),
        titulo,
        quienes: whoOf(group, named),
        detalle: [porQue, rowsIn(group)].filter(Boolean).join(' '),
      };
    });
}

function whoOf(group: readonly Error[], named: boolean): string[] {
  let left = NAMES;
  return [...byCourse(group)].flatMap(([titulo, own]) => {
    const whole = own.some(({ rut, lugar }) => rut === null && lugar === undefined);
    if (!named || whole) return `${counted(peopleOf(own), 'alumno')} · ${titulo}`;
    const names = [...new Map(own.map((error) => [error.rut ?? error.id, nameOf(error)])).values()];
    if (left <= 0) return `${amount(names.length)} más · ${titulo}`;
    const line = `${listed(names, left)} · ${titulo}`;
    left -= names.length;
    return line;
  });
}

function byCourse(group: readonly Error[]): Map<string, Error[]> {
  const courses = new Map<string, Error[]>();
  for (const error of group) courses.set(error.titulo, [...(courses.get(error.titulo) ?? []), error]);
  return courses;
}

function nameOf({ nombre }: Error): string {
  return nombre ?? 'alguien sin nombre en la planilla';
}

/** Where it stands in a sheet; nothing where there is no sheet. */
function rowsIn(group: readonly Error[]): string {
  const rows = [...new Set(group.flatMap(({ lugar }) => /\bfila (\d+)/.exec(lugar ?? '')?.[1] ?? []))];
  if (rows.length === 0) return '';
  return `${rows.length === 1 ? 'Fila' : 'Filas'} ${listed(rows, NAMES)} de la planilla.`;
}

/** Names that one problem gives; who forwards a mail forwards them. */
const NAMES = 10;
