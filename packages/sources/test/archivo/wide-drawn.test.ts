import { checkDigit } from '@puente-sic/protocol';
import { expect, test } from 'vitest';
import { Random } from './habits/random.ts';
import { readOne } from './reading.ts';

const DRAWS = 60;
const FIELDS = ['avance', 'tiempo'] as const;
type Field = (typeof FIELDS)[number];

const WORDS: Record<Field, readonly string[]> = {
  avance: ['Avance', '% Avance', 'Porcentaje de avance', 'Progreso'],
  tiempo: ['Tiempo', 'Tiempo (seg)', 'Tiempo de conexión', 'Tiempo conectividad'],
};
/** How people put a module and what is told of it into one name. */
const GLUED = [
  (what: string, module: string) => `${what} ${module}`,
  (what: string, module: string) => `${module} - ${what}`,
  (what: string, module: string) => `${what}_${module}`,
  (what: string, module: string) => `${what} (${module})`,
  (what: string, module: string) => `${module}: ${what}`,
];
/** How a module of a number or a code is called. */
const CALLED = [
  (at: number, _code: string) => `M${at}`,
  (at: number, _code: string) => `Módulo ${at}`,
  (at: number, _code: string) => `MÓD. ${at}`,
  (_at: number, code: string) => code,
  (at: number, code: string) => `Módulo ${at} ${code}`,
];

/** Every figure of a sheet drawn at random is that of its student and its module, or its module is not sent. */
test(`of ${DRAWS} sheets drawn at random each value is read as that of its student and its module`, async () => {
  for (let seed = 1; seed <= DRAWS; seed++) {
    const random = new Random(seed);
    const codes = Array.from({ length: random.whole(2, 5) }, (_, at) => `PRES02800800${String(1000 + at)}`);
    const called = random.pick(CALLED);
    const glued = random.pick(GLUED);
    const words = { avance: random.pick(WORDS.avance), tiempo: random.pick(WORDS.tiempo) };
    const twoRows = random.chance(0.4);
    // By module, or all that is told of one kind together.
    const byModule = twoRows || random.chance(0.6);
    const pairs = codes.flatMap((code, at) => FIELDS.map((field) => ({ code, at: at + 1, field })));
    const columns = byModule
      ? pairs
      : pairs.toSorted((a, b) => FIELDS.indexOf(a.field) - FIELDS.indexOf(b.field));
    const students = Array.from({ length: random.whole(2, 8) }, (_, at) => {
      const number = 12_000_000 + seed * 100 + at;
      const modules = new Map<string, Record<Field, number>>();
      for (const code of codes)
        if (random.chance(0.85))
          modules.set(code, { avance: random.whole(0, 100), tiempo: random.whole(900, 9000) });
      return { rut: `${number}-${checkDigit(number)}`, number, modules };
    });
    const own = ['Código oferta', 'Código grupo', 'RUT', 'Avance', 'Tiempo', 'Fecha inicio', 'Fecha término'];
    const names = columns.map(({ code, at, field }) =>
      twoRows ? words[field] : glued(words[field], called(at, code)),
    );
    const above = columns.map(({ code, at, field }) => (field === 'avance' ? called(at, code) : ''));
    const lines = [
      ...(twoRows ? [[...own.map(() => ''), ...above].map((text, at) => (at === 0 ? 'Curso' : text))] : []),
      [...own, ...names],
      ...students.map(({ rut, modules }) => [
        ...['OF-1', 'GR-1', rut, '50', '20000', '2026-10-05', '2026-12-18'],
        ...columns.map(({ code, field }) => String(modules.get(code)?.[field] ?? '')),
      ]),
    ];
    const answers = Object.fromEntries(codes.map((code, at) => [`Módulo ${at + 1}`, `modulo ${code}`]));
    const text = `${lines.map((cells) => cells.join(';')).join('\n')}\n`;
    const course = await readOne(text, 'avance.csv', {}, answers);
    const read = course.students.map(({ alumno, heldModules = [] }) => [
      ...[alumno.rutAlumno, heldModules.map(({ message }) => message)],
      Array.isArray(alumno.listaModulos)
        ? alumno.listaModulos.map(({ codigoModulo, porcentajeAvance, tiempoConectividad }) => [
            ...[codigoModulo, porcentajeAvance, tiempoConectividad],
          ])
        : null,
    ]);
    expect(read, `seed ${seed}:\n${text}`).toEqual(
      students.map(({ number, modules }) => [
        ...[number, []],
        [...modules].map(([code, { avance, tiempo }]) => [code, avance, tiempo]),
      ]),
    );
  }
});
