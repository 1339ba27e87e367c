import { SourceError } from '../source.ts';

/** One query of a file, in pieces between its parameters. */
export interface Statement {
  /** SQL before, between and after the parameters: one piece more than there are names. */
  pieces: string[];
  parameters: Parameter[];
}

const PARAMETERS = ['curso', 'desde'] as const;
export type Parameter = (typeof PARAMETERS)[number];

/** What a driver takes: each parameter in the place that it is given. */
export function boundSql(
  { pieces, parameters }: Statement,
  placeholder: (position: number) => string,
): string {
  return parameters.reduce(
    (sql, _, index) => `${sql}${placeholder(index + 1)}${pieces[index + 1]}`,
    pieces[0] as string,
  );
}

/** Text in quotes, comments and `::` are no places for a parameter. */
const TOKENS =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|::|:([a-z_]\w*)|;/gi;

/**
 * Reads one query. @throws SourceError `wrong` where it is none, more than one, or names a parameter that is none.
 * `place`: where it stands, for people.
 */
export function readStatement(text: string, place: string): Statement {
  const sql = text.replace(/(?:;|\s)+$/, '');
  if (!/^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*(select|with|values)\b/i.test(sql))
    throw new SourceError(
      'wrong',
      `La consulta de ${place} no comienza con SELECT ni con WITH.`,
      'Escriba una sola consulta que lea; Puente nunca escribe en la base del LMS.',
    );
  const pieces: string[] = [];
  const parameters: Parameter[] = [];
  let from = 0;
  for (const match of sql.matchAll(TOKENS)) {
    const name = match[2];
    if (match[0] === ';') throw severalStatements(place);
    if (name === undefined) continue;
    const parameter = PARAMETERS.find((one) => one === name);
    if (parameter === undefined) throw noSuchParameter(name, place);
    pieces.push(sql.slice(from, match.index));
    parameters.push(parameter);
    from = match.index + match[0].length;
  }
  pieces.push(sql.slice(from));
  return { pieces, parameters };
}

function severalStatements(place: string): SourceError {
  return new SourceError(
    'wrong',
    `En ${place} hay más de una consulta.`,
    'Deje una sola bajo cada `-- entidad: …`; lo que haga falta antes puede ir en un WITH.',
  );
}

function noSuchParameter(name: string, place: string): SourceError {
  return new SourceError(
    'wrong',
    `La consulta de ${place} usa «:${name}», y Puente no sabe qué poner ahí.`,
    'Puede usar «:curso», que es el identificador del curso, y «:desde» en «clics», que es desde cuándo hacen falta; para lo demás, escriba el valor.',
  );
}
