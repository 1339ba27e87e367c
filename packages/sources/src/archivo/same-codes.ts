import type { Issue } from '@puente-sic/protocol';
import type { CourseSelection } from '../source.ts';
import { byField, CODE_FIELDS, type CodeField, codeOf, codePlace, isRow, withCode } from './code-fields.ts';
import type { Entry } from './entry.ts';
import { several, warning } from './finding.ts';
import { withoutTwins } from './near-codes.ts';
import { oddCodes } from './odd-codes.ts';

/** Spelling → the one that goes. */
type Chosen = ReadonlyMap<string, string>;

export interface Spelled {
  entries: Entry[];
  /** What puente.yaml says of each course, its codes spelled like the entries'; `curso` stays as it was asked for. */
  selections: CourseSelection[] | undefined;
  findings: Issue[];
}

/**
 * Codes that differ only in capitals are one: the one in capitals, as SIC writes them, whether a row or puente.yaml has
 * it; else as puente.yaml says to send it; else as most rows have it. Told once per code. What an API body says stays as
 * it is.
 */
export function withOneSpelling(entries: Entry[], selections?: CourseSelection[]): Spelled {
  const chosen = byField((field) => chosenOf(entries, field, selections ?? []));
  const told = new Map<string, { written: string; chosen: string; places: string[] }>();
  const isOne = CODE_FIELDS.every((field) => chosen[field].size === 0);
  const unified = entries.map((entry) => {
    if (isOne || !isRow(entry)) return entry;
    let result = entry;
    for (const field of CODE_FIELDS) {
      const written = codeOf(entry, field);
      const right = written === undefined ? undefined : chosen[field].get(written);
      if (written === undefined || right === undefined || right === written) continue;
      result = withCode(result, field, right);
      const note = told.get(written) ?? { written, chosen: right, places: [] };
      told.set(written, note);
      note.places.push(codePlace(entry, field));
    }
    return result;
  });
  const known = byField((field) => new Set(namedIn(selections ?? [], field)));
  const apart = withoutTwins(unified, known);
  const asked = selections?.map((selection) => spelled(selection, chosen));
  const ofSettings = (asked ?? []).flatMap((selection) =>
    CODE_FIELDS.flatMap((field) => sentBy([selection], field)).map((code) => ({
      code,
      place: `puente.yaml, curso ${selection.curso}`,
    })),
  );
  return {
    entries: apart,
    selections: asked,
    findings: [
      ...[...told.values()].map(toldOf),
      ...(selections ?? []).flatMap((selection) => inSettings(selection, chosen)),
      ...oddCodes(apart, ofSettings),
    ],
  };
}

function chosenOf(entries: Entry[], field: CodeField, selections: readonly CourseSelection[]): Chosen {
  const groups = new Map<string, Map<string, number>>();
  const times = new Map(namedIn(selections, field).map((code) => [code, 0]));
  for (const entry of entries) {
    const code = codeOf(entry, field);
    if (code !== undefined) times.set(code, (times.get(code) ?? 0) + 1);
  }
  for (const [code, count] of times) {
    const upper = code.toUpperCase();
    groups.set(upper, (groups.get(upper) ?? new Map<string, number>()).set(code, count));
  }
  const toSend = new Set(sentBy(selections, field));
  const chosen = new Map<string, string>();
  for (const [upper, group] of groups) {
    if (group.size < 2) continue;
    const all = [...group].sort((a, b) => b[1] - a[1]).map(([code]) => code);
    const right =
      all.find((code) => code === upper) ?? all.find((code) => toSend.has(code)) ?? all[0] ?? upper;
    for (const code of all) chosen.set(code, right);
  }
  return chosen;
}

/** Codes that puente.yaml names, to find something by or to send it. */
function namedIn(selections: readonly CourseSelection[], field: CodeField): string[] {
  const named = selections.flatMap(({ curso, grupo, modulos = {} }) => {
    if (field === 'codigoOferta') return [curso];
    return field === 'codigoGrupo' ? [grupo] : Object.keys(modulos);
  });
  return [...named, ...sentBy(selections, field)].filter((code) => code !== undefined);
}

/** Codes that puente.yaml says to send. */
function sentBy(selections: readonly CourseSelection[], field: CodeField): string[] {
  return selections
    .flatMap(({ modulos = {}, ...own }) => (field === 'codigoModulo' ? Object.values(modulos) : [own[field]]))
    .filter((code) => code !== undefined);
}

function spelled(
  selection: CourseSelection,
  { codigoOferta, codigoGrupo, codigoModulo }: Record<CodeField, Chosen>,
) {
  const as = (chosen: Chosen, code: string): string => chosen.get(code) ?? code;
  const result: CourseSelection = { ...selection };
  if (result.codigoOferta !== undefined) result.codigoOferta = as(codigoOferta, result.codigoOferta);
  if (result.codigoGrupo !== undefined) result.codigoGrupo = as(codigoGrupo, result.codigoGrupo);
  if (result.grupo !== undefined) result.grupo = as(codigoGrupo, result.grupo);
  if (result.modulos !== undefined)
    result.modulos = Object.fromEntries(
      Object.entries(result.modulos).map((pair) => pair.map((code) => as(codigoModulo, code))),
    );
  return result;
}

/** What puente.yaml writes in other capitals than what is sent. */
function inSettings(selection: CourseSelection, chosen: Record<CodeField, Chosen>): Issue[] {
  const others = CODE_FIELDS.flatMap((field) =>
    namedIn([selection], field).flatMap((code) => {
      const right = chosen[field].get(code) ?? code;
      return right === code ? [] : `«${code}» se leyó como «${right}»`;
    }),
  );
  if (others.length === 0) return [];
  return [
    warning({
      message: `En puente.yaml, el curso «${selection.curso}» tiene códigos que solo difieren en mayúsculas de los de los archivos: ${several([...new Set(others)])}.`,
      fix: 'Escríbalos en puente.yaml como están en SIC, con sus mayúsculas.',
      place: `puente.yaml, curso ${selection.curso}`,
    }),
  ];
}

function toldOf({ written, chosen, places }: { written: string; chosen: string; places: string[] }): Issue {
  return warning({
    message: `El código «${written}» se leyó como «${chosen}», del que solo difiere en mayúsculas (${several(places, 3)}).`,
    fix: 'Si en SIC es el mismo, no hay nada que hacer; si son dos, escriba cada uno como está en SIC.',
    place: several(places, 3),
  });
}
