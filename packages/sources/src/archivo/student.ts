import { type Alumno, type Draft, formatRut, type Issue, type Modulo, readRut } from '@puente-sic/protocol';
import type { Place, StudentTree } from '../source.ts';
import type { Doubt, Entry } from './entry.ts';
import { error, several } from './finding.ts';
import { impossibleCourseTime, impossibleTime } from './module-time.ts';
import { areOfTwoPeople } from './same-person.ts';

/** One student of a course, from all of his or her entries in it. */
export function assembleStudent(
  entries: Entry[],
  at: Date,
  modulos: Record<string, string> = {},
): StudentTree {
  const [first] = entries;
  if (first === undefined) throw new Error('A student without entries');
  const told = entries.filter(({ alumno }) => alumno !== null);
  const name = entries.find((entry) => entry.name !== undefined)?.name;
  const fields = mergedFields(told);
  const timed = entries.map((entry) => withTimeJudged(entry, fields.tiempoConectividad));
  const { listaModulos, modulePlaces, heldModules } = assembleModules(timed, modulos);
  const alumno: Draft<Alumno> = { ...first.rut, ...fields, listaModulos };
  return {
    alumno,
    ...(name !== undefined && { name }),
    place: (told[0] ?? first).place,
    modulePlaces,
    held: [
      ...doubtsOf([{ ...first, doubts: impossibleCourseTime(entries, fields, at) }, ...entries]),
      ...twoPeople(entries),
      ...contradictions(told),
      ...(told.length === 0 ? [onlyModules(first)] : []),
    ],
    ...(heldModules.length > 0 && { heldModules }),
    findings: [],
  };
}

/** `12345678-5`, or as written where it cannot be read. */
export function studentName({ rutAlumno, dvAlumno }: Entry['rut']): string {
  if (rutAlumno === undefined) return 'sin RUT';
  const rut = readRut(`${rutAlumno}-${dvAlumno ?? ''}`);
  return rut ? formatRut(rut) : [rutAlumno, dvAlumno].filter((part) => part !== undefined).join('-');
}

/** `Pedro Soto (9876543-3)`, or what there is of it. */
export function whoIs({ rut, name }: Pick<Entry, 'rut' | 'name'>): string {
  return name === undefined ? studentName(rut) : `${name} (${studentName(rut)})`;
}

function withTimeJudged(entry: Entry, courseTime: unknown): Entry {
  const doubt = impossibleTime(entry, courseTime);
  return doubt === null ? entry : { ...entry, moduloDoubts: [...entry.moduloDoubts, doubt] };
}

function assembleModules(entries: Entry[], renamed: Record<string, string>) {
  const rows = entries.flatMap((entry) => {
    if (entry.modulo === null) return [];
    const code = entry.modulo.codigoModulo;
    const codigoModulo = typeof code === 'string' && Object.hasOwn(renamed, code) ? renamed[code] : code;
    return { entry, modulo: codigoModulo === undefined ? entry.modulo : { ...entry.modulo, codigoModulo } };
  });
  const places = new Map<string, Place[]>();
  for (const { modulo, entry } of rows) {
    const code = codeOf(modulo);
    if (code === null) continue;
    const same = places.get(code);
    if (same) same.push(entry.moduloPlace);
    else places.set(code, [entry.moduloPlace]);
  }
  const twice = [...places].filter(([, each]) => each.length > 1);
  const once = rows.filter(({ modulo }) => (places.get(codeOf(modulo) ?? '')?.length ?? 1) === 1);
  const doubtful = once.filter(({ entry }) => entry.moduloDoubts.length > 0);
  const kept = once.filter(({ entry }) => entry.moduloDoubts.length === 0);
  return {
    listaModulos: kept.map(({ modulo }): Draft<Modulo> => modulo),
    modulePlaces: kept.map(({ entry }) => entry.moduloPlace),
    heldModules: [
      ...twice.map(([code, each]) => moduleTwice(code, each, studentName(rows[0]?.entry.rut ?? {}))),
      ...doubtful.map(({ entry, modulo }) => moduleDoubt(entry, codeOf(modulo))),
    ],
  };
}

function codeOf({ codigoModulo }: Record<string, unknown>): string | null {
  return typeof codigoModulo === 'string' || typeof codigoModulo === 'number' ? String(codigoModulo) : null;
}

/** The first row that has a field gives it; where rows differ the student is held anyway. */
function mergedFields(entries: Entry[]): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const { alumno } of entries.toReversed()) Object.assign(merged, alumno);
  return merged;
}

function contradictions(entries: Entry[]): Issue[] {
  const fields = new Set(entries.flatMap(({ alumno }) => Object.keys(alumno ?? {})));
  return [...fields].flatMap((field) => {
    const seen = new Map<string, { value: unknown; place: Place }>();
    for (const { alumno, place } of entries) {
      const value = alumno?.[field];
      const key = JSON.stringify(value);
      if (value !== undefined && !seen.has(key)) seen.set(key, { value, place });
    }
    if (seen.size < 2) return [];
    const versions = [...seen.values()].map(({ value, place }) => `${shown(value)} (${place.text})`);
    const column = entries[0]?.place.columns?.[field] ?? field;
    return error({
      scope: 'alumno',
      message: `Hay filas que dicen cosas distintas de este alumno: ${column} es ${several(versions)}.`,
      fix: 'Deje el mismo valor en todas las filas del alumno; los datos del curso se repiten en cada módulo.',
      place: several([...seen.values()].map(({ place }) => place.text)),
      rut: studentName(entries[0]?.rut ?? {}),
    });
  });
}

/** One RUT under which the rows name different people; it may be a company's, too. */
function twoPeople(entries: Entry[]): Issue[] {
  const named = [
    ...new Map(entries.toReversed().map((entry) => [entry.name ?? '', entry])).values(),
  ].toReversed();
  const first = named.find(({ name }) => name !== undefined);
  const others = named.filter(({ name = '' }) => areOfTwoPeople(first?.name ?? '', name));
  if (first === undefined || others.length === 0) return [];
  const different = [first, ...others];
  const rut = studentName(first.rut);
  const names = different.map(({ name, place }) => `«${name}» (${place.text})`);
  return [
    error({
      scope: 'alumno',
      message: `El RUT ${rut} está con nombres de personas distintas: ${several(names)}. No se sabe de quién es cada fila.`,
      fix: 'Corrija el RUT de la fila equivocada; si la columna del RUT es de la empresa, cámbiele el nombre («RUT empresa») y llame «rutAlumno» a la del alumno. Si es una sola persona, escriba igual su nombre en todas sus filas.',
      place: several(different.map(({ place }) => place.text)),
      rut,
    }),
  ];
}

/** What several rows say alike is told once, with all of their places. */
function doubtsOf(entries: Entry[]): Issue[] {
  const told = new Map<string, { doubt: Doubt; rut: Entry['rut']; places: string[] }>();
  for (const entry of entries)
    for (const doubt of entry.doubts) {
      const place = doubt.place ?? entry.place.text;
      const same = told.get(doubt.message);
      if (same) same.places.push(place);
      else told.set(doubt.message, { doubt, rut: entry.rut, places: [place] });
    }
  return [...told.values()].map(({ doubt: { code = null, message, fix }, rut, places }) =>
    error({ code, scope: 'alumno', message, fix, place: several(places, 3), rut: studentName(rut) }),
  );
}

function moduleDoubt({ rut, moduloDoubts, moduloPlace }: Entry, codigoModulo: string | null): Issue {
  const [first, ...others] = moduloDoubts;
  if (first === undefined) throw new Error('A module without doubts');
  return error({
    scope: 'modulo',
    code: first.code ?? null,
    message: [first, ...others].map(({ message }) => message).join(' '),
    fix: first.fix,
    place: first.place ?? moduloPlace.text,
    rut: studentName(rut),
    ...(codigoModulo !== null && { codigoModulo }),
  });
}

function moduleTwice(codigoModulo: string, places: Place[], rut: string): Issue {
  const where = several(places.map(({ text }) => text));
  return error({
    scope: 'modulo',
    message: `El módulo ${codigoModulo} del alumno ${rut} está ${places.length === 2 ? 'dos' : places.length} veces (${where}) y no se sabe cuál vale.`,
    fix: 'Deje una sola fila por alumno y módulo.',
    place: where,
    rut,
    codigoModulo,
  });
}

function onlyModules(entry: Entry): Issue {
  const rut = studentName(entry.rut);
  return error({
    scope: 'alumno',
    message: `El alumno ${rut} tiene módulos, pero no está en la tabla de alumnos de su curso.`,
    fix: 'Agréguelo a la tabla de alumnos, o corrija su RUT en la de módulos.',
    place: entry.moduloPlace.text,
    rut,
  });
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `«${value}»` : String(value);
}
