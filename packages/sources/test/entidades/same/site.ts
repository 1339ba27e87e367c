import { checkDigit } from '@puente-sic/protocol';
import fc from 'fast-check';

/** What a column holds, whatever it is written as. */
export type Kind = 'key' | 'text' | 'day' | 'yesNo' | 'done' | 'number' | 'percent' | 'seconds' | 'moment';
/** A key or text; a day `YYYY-MM-DD`; yes or no; done, nobody says when; a number; a moment in epoch milliseconds. */
export type Value = string | number | boolean | null;

export interface SiteTable {
  columns: readonly [name: string, kind: Kind][];
  rows: Value[][];
}

/** An invented site, of which every way of giving it has to say the same. */
export interface Site {
  tables: Record<string, SiteTable>;
  /** Date-times are the wall clock's in Santiago. */
  naive: boolean;
}

export const COLUMNS: Record<string, SiteTable['columns']> = {
  cursos: [
    ['curso', 'key'],
    ['codigoOferta', 'text'],
    ['codigoGrupo', 'text'],
    ['nombre', 'text'],
    ['inicio', 'day'],
    ['fin', 'day'],
  ],
  alumnos: [
    ['curso', 'key'],
    ['alumno', 'key'],
    ['rut', 'text'],
    ['rut2', 'text'],
    ['nombre', 'text'],
    ['grupo', 'text'],
    ['inicio', 'day'],
    ['fin', 'day'],
    ['activo', 'yesNo'],
  ],
  modulos: [
    ['curso', 'key'],
    ['modulo', 'key'],
    ['codigoModulo', 'text'],
    ['nombre', 'text'],
    ['orden', 'number'],
  ],
  actividades: [
    ['curso', 'key'],
    ['modulo', 'text'],
    ['actividad', 'key'],
    ['nombre', 'text'],
    ['obligatoria', 'yesNo'],
    ['sincronica', 'yesNo'],
  ],
  avances: [
    ['curso', 'key'],
    ['alumno', 'key'],
    ['actividad', 'key'],
    ['completada', 'done'],
    ['nota', 'percent'],
  ],
  porcentajes: [
    ['curso', 'key'],
    ['alumno', 'key'],
    ['modulo', 'text'],
    ['porcentaje', 'percent'],
  ],
  notas: [
    ['curso', 'key'],
    ['alumno', 'key'],
    ['modulo', 'text'],
    ['nota', 'percent'],
  ],
  clics: [
    ['curso', 'key'],
    ['alumno', 'key'],
    ['modulo', 'text'],
    ['actividad', 'text'],
    ['instante', 'moment'],
  ],
  tiempos: [
    ['curso', 'key'],
    ['alumno', 'key'],
    ['modulo', 'text'],
    ['segundos', 'seconds'],
  ],
};

const NAMES = [
  'Ana Ñancupil',
  'O’Higgins "Pepe"',
  'a;b,c|d',
  '=1+1',
  '007',
  '1e5',
  'TRUE',
  '🦊 Soto',
  "D'Ávila",
  ' x  y ',
];
const FIRST = Date.UTC(2026, 7, 20) / 1000;

/** Draws a number from 0 up to it, the bound left out. */
type Draw = (bound: number) => number;

/** From a list of numbers, so that fast-check can shrink a site that fails. */
export const site: fc.Arbitrary<Site> = fc
  .array(fc.nat(1_000_000), { minLength: 60, maxLength: 60 })
  .map((numbers) => {
    let at = 0;
    return siteFrom((bound) => ((numbers[at++ % numbers.length] ?? 0) + at * 7919) % bound);
  });

function siteFrom(draw: Draw): Site {
  const numericIds = draw(2) === 0;
  const byFigures = draw(3) === 0;
  const measured = draw(3) === 0;
  const whenDone = draw(2) === 0;
  const empty = Object.entries(COLUMNS).map(([name, columns]) => [name, { columns, rows: [] }]);
  const tables: Site['tables'] = Object.fromEntries(empty);
  const add = (entity: string, ...row: Value[]) => void tables[entity]?.rows.push(row);
  const id = (kind: string, n: number) => (numericIds ? String(n + 1) : `${kind}/${n} ñ`);
  const name = () => NAMES[draw(NAMES.length)] as string;
  const percent = () => (draw(4) === 0 ? draw(101) : draw(100_000) / 1000);
  const maybe = <T>(value: T): T | null => (draw(3) === 0 ? null : value);
  const day = (from: number) =>
    new Date((FIRST + (from + draw(20)) * 86_400) * 1000).toISOString().slice(0, 10);
  let people = 0;
  for (let c = 0; c < 1 + draw(3); c++) {
    const curso = id('curso', c);
    const groups = [`CAP-${c}-A`, `CAP-${c}-B`];
    const inPeople = draw(2) === 0;
    add('cursos', curso, `CAP-${c}`, inPeople ? null : (groups[0] as string), maybe(name()), day(0), day(90));
    const modules = Array.from({ length: 1 + draw(3) }, (_, m) => id('m', c * 10 + m));
    const activities: string[] = [];
    for (const [m, modulo] of modules.entries()) {
      const code = `PRES${String(28_008_000_500 + c * 10 + m).padStart(12, '0')}`;
      const inName = draw(2) === 0;
      add(
        'modulos',
        curso,
        modulo,
        inName ? null : code,
        inName ? `${name()}/${code}` : maybe(name()),
        maybe(m),
      );
      for (let a = 0; a < draw(4); a++) {
        const actividad = id('a', c * 1000 + m * 100 + a);
        activities.push(actividad);
        add('actividades', curso, modulo, actividad, maybe(name()), maybe(draw(4) > 0), maybe(draw(4) === 0));
      }
    }
    add('actividades', curso, null, id('a', c * 1000 + 999), 'Encuesta', null, null);
    activities.push(id('a', c * 1000 + 999));
    for (let s = 0; s < 1 + draw(5); s++) {
      const alumno = id('p', people);
      const numero = 11_000_000 + people++ * 4111;
      const rut = `${numero}-${checkDigit(numero)}`;
      const [one, two] = [
        [rut, null],
        ['pasaporte', rut],
        [null, rut],
        [null, null],
        [rut.replace('-', ''), null],
      ][draw(5)] as [string | null, string | null];
      const grupo = inPeople ? (groups[draw(2)] as string) : null;
      const rest = [maybe(day(0)), maybe(day(80)), maybe(draw(6) > 0)];
      add('alumnos', curso, alumno, one, two, maybe(name()), grupo, ...rest);
      for (const actividad of activities) {
        if (draw(2) === 0) continue;
        const done = whenDone ? maybe((FIRST + draw(95 * 86_400)) * 1000) : draw(4) > 0;
        add('avances', curso, alumno, actividad, done, maybe(percent()));
      }
      if (draw(6) === 0) add('avances', curso, alumno, id('zz', 77_777), whenDone ? null : false, null);
      for (const modulo of [null, ...modules]) {
        if (byFigures) add('porcentajes', curso, alumno, modulo, percent());
        if (draw(2) === 0) add('notas', curso, alumno, modulo, percent());
        if (measured) add('tiempos', curso, alumno, modulo, draw(100_000));
      }
    }
    const own = (tables.alumnos?.rows ?? [])
      .filter(([of]) => of === curso)
      .map(([, alumno]) => alumno as string);
    let moment = FIRST + draw(86_400);
    for (let k = 0; k < draw(40); k++) {
      // Several in one second: their order counts.
      moment += [0, 0, 30, 900, 2699, 2700, 2701, 86_400][draw(8)] as number;
      const where = draw(4);
      const modulo = where === 0 ? (modules[draw(modules.length)] as string) : null;
      const actividad = where === 1 ? (activities[draw(activities.length)] as string) : null;
      add('clics', curso, own[draw(own.length)] as string, modulo, actividad, moment * 1000);
    }
  }
  const left = [byFigures ? 'avances' : 'porcentajes', measured ? 'clics' : 'tiempos'];
  for (const entity of left) delete tables[entity];
  return { tables, naive: draw(2) === 0 };
}
