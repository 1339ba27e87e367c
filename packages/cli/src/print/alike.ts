/** What messages about different students (or cells) say together. */

/** So many values are shown of each place of a message. */
const SHOWN = 3;

/** A message about one student: the names in it are what may differ between messages. */
export interface About {
  mensaje: string;
  rut?: string | null;
  codigoModulo?: string | null;
}

/** The message without what it says of one student or cell only; messages with equal patterns say the same. */
export function patternOf(about: About): string {
  return texts(about).join('…');
}

/**
 * One message for all of them, with their values where they differ: the first three and how many more. Where two
 * values are always told together (`«1» puede ser 1 % o 100 %`) each has its own.
 */
export function together(all: readonly [About, ...About[]]): string {
  const [first] = all;
  const slots = all.map(values);
  const parts = texts(first);
  const several = parts[0] === '' && new Set(slots.map(([value]) => value)).size > 1;
  return parts
    .map((text, at) => (several && at === 1 ? ofSeveral(text) : text))
    .map((text, at) => text + (at < parts.length - 1 ? shown(slots.map((own) => own[at] ?? '')) : ''))
    .join('');
}

const PLURALS: Record<string, string> = {
  puede: 'pueden',
  lleva: 'llevan',
  está: 'están',
  tiene: 'tienen',
  es: 'son',
};

/** What is said of a value in front, said of several: `«1» puede ser`, `«1» y «2» pueden ser`. */
function ofSeveral(text: string): string {
  return text.replace(/^ (no )?(\p{L}+)(?= )/u, (same, no = '', verb: string) =>
    Object.hasOwn(PLURALS, verb) ? ` ${no}${PLURALS[verb]}` : same,
  );
}

function shown(values: readonly string[]): string {
  const different = [...new Set(values)];
  const rest = different.length - SHOWN;
  const first = different.slice(0, SHOWN);
  if (rest > 0) return `${first.join(', ')} y ${rest} más`;
  const last = first.pop() ?? '';
  return first.length === 0 ? last : `${first.join(', ')} y ${last}`;
}

function texts(about: About): string[] {
  return split(about).filter((_, at) => at % 2 === 0);
}

function values(about: About): string[] {
  return split(about).filter((_, at) => at % 2 === 1);
}

/** `CAP-26-01-13-0446`, `PRES028008000558`, `M1`: letters and digits that are read as one word. */
const CODE =
  '(?<![\\p{L}\\p{N}-])(?=[\\p{Lu}-]*\\d)\\p{Lu}[\\p{Lu}\\d]*(?:-[\\p{Lu}\\d]+)*(?![\\p{L}\\p{N}])';

/**
 * Texts that all share and values, by turns: RUT, module, quoted texts and figures are values. The name of a column is
 * none: of two columns each has its own figures, and its own sentence.
 */
function split({ mensaje, rut, codigoModulo }: About): string[] {
  const names = [rut, codigoModulo].filter((name): name is string => Boolean(name));
  const literal = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return mensaje.split(
    new RegExp(
      `(${[...literal, '(?<!columna )«[^»]*»', CODE, '(?:(?<=[\\s(])-)?\\d(?:[\\d.,-]*\\d)?'].join('|')})`,
      'u',
    ),
  );
}
