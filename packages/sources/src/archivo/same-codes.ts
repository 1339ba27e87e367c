import type { Issue } from '@puente-sic/protocol';
import type { CourseSelection } from '../source.ts';
import type { Entry } from './entry.ts';
import { several, warning } from './finding.ts';

type Field = 'codigoOferta' | 'codigoGrupo' | 'codigoModulo';

/**
 * Codes that differ only in capitals are one: as puente.yaml has it, else in capitals, else as most rows have it. Told
 * once per code. What an API body says stays as it is.
 */
export function withOneSpelling(
  entries: Entry[],
  selections: readonly CourseSelection[] = [],
): { entries: Entry[]; findings: Issue[] } {
  const spellings = (['codigoOferta', 'codigoGrupo', 'codigoModulo'] as const).map((field) => ({
    field,
    chosen: chosenOf(entries, field, knownTo(selections, field)),
  }));
  const told = new Map<string, { written: string; chosen: string; places: string[] }>();
  const unified = entries.map((entry) => {
    if (!isRow(entry)) return entry;
    let result = entry;
    for (const { field, chosen } of spellings) {
      const written = codeOf(entry, field);
      const right = written === undefined ? undefined : chosen.get(written);
      if (written === undefined || right === undefined || right === written) continue;
      result = withCode(result, field, right);
      const note = told.get(written) ?? { written, chosen: right, places: [] };
      told.set(written, note);
      note.places.push((field === 'codigoModulo' ? entry.moduloPlace : entry.place).text);
    }
    return result;
  });
  return { entries: unified, findings: [...[...told.values()].map(toldOf), ...inSmallLetters(unified)] };
}

/** SIC writes its codes in capitals. */
function inSmallLetters(entries: Entry[]): Issue[] {
  const codes = new Map<string, string>();
  for (const entry of entries.filter(isRow))
    for (const field of ['codigoOferta', 'codigoGrupo', 'codigoModulo'] as const) {
      const code = codeOf(entry, field);
      if (code !== undefined && /\p{Ll}/u.test(code) && !/\p{Lu}/u.test(code) && !codes.has(code))
        codes.set(code, field === 'codigoModulo' ? entry.moduloPlace.text : entry.place.text);
    }
  if (codes.size === 0) return [];
  const shown = several(
    [...codes].map(([code, place]) => `«${code}» (${place})`),
    3,
  );
  return [
    warning({
      message: `Hay códigos en minúsculas, y SIC los escribe en mayúsculas: ${shown}. Se envían como están.`,
      fix: 'Compárelos con los de SIC y escríbalos igual; si en SIC están así, no hay nada que hacer.',
      place: [...codes.values()][0] ?? '',
    }),
  ];
}

/** Spelling → the one that goes, of those that differ only in capitals. */
function chosenOf(entries: Entry[], field: Field, known: Set<string>): Map<string, string> {
  const groups = new Map<string, Map<string, number>>();
  const count = (code: string, by: number): void => {
    const group = groups.get(code.toUpperCase()) ?? new Map<string, number>();
    groups.set(code.toUpperCase(), group.set(code, (group.get(code) ?? 0) + by));
  };
  for (const code of known) count(code, 0);
  for (const entry of entries) {
    const code = codeOf(entry, field);
    if (code !== undefined) count(code, 1);
  }
  const chosen = new Map<string, string>();
  for (const [upper, group] of groups) {
    if (group.size < 2) continue;
    const all = [...group].sort((a, b) => b[1] - a[1]).map(([code]) => code);
    const right =
      all.find((code) => known.has(code)) ?? all.find((code) => code === upper) ?? all[0] ?? upper;
    for (const code of all) chosen.set(code, right);
  }
  return chosen;
}

function knownTo(selections: readonly CourseSelection[], field: Field): Set<string> {
  const known = selections.flatMap(({ curso, codigoOferta, codigoGrupo, grupo, modulos = {} }) => {
    if (field === 'codigoOferta') return [curso, codigoOferta];
    return field === 'codigoGrupo'
      ? [codigoGrupo, grupo]
      : [...Object.keys(modulos), ...Object.values(modulos)];
  });
  return new Set(known.filter((code) => code !== undefined));
}

function codeOf(entry: Entry, field: Field): string | undefined {
  if (field !== 'codigoModulo') return entry.curso[field];
  const code = entry.modulo?.codigoModulo;
  return typeof code === 'string' ? code : undefined;
}

function withCode(entry: Entry, field: Field, code: string): Entry {
  return field === 'codigoModulo'
    ? { ...entry, modulo: { ...entry.modulo, codigoModulo: code } }
    : { ...entry, curso: { ...entry.curso, [field]: code } };
}

/** Rows know the headers of their columns. */
function isRow({ place }: Entry): boolean {
  return place.columns !== undefined;
}

function toldOf({ written, chosen, places }: { written: string; chosen: string; places: string[] }): Issue {
  return warning({
    message: `El código «${written}» se leyó como «${chosen}», del que solo difiere en mayúsculas (${several(places, 3)}).`,
    fix: 'Si en SIC es el mismo, no hay nada que hacer; si son dos, escriba cada uno como está en SIC.',
    place: several(places, 3),
  });
}
