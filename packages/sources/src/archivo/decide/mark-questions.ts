import type { Ask } from '../entry.ts';
import { several } from '../finding.ts';
import { type ColumnAnswers, WHERE, written as writtenDown } from './answers.ts';
import type { Looks, MarkDoubt } from './mark-scale.ts';
import { figureText, highest } from './reader.ts';

/** A column of marks with something to say. */
export interface AskedMarks {
  header: string;
  /** How an answer calls it. */
  name: string;
  doubt: MarkDoubt | null;
  /** Marks of approved students below 10 of 100, as written: left out one by one. */
  low: readonly string[];
}

export interface Question {
  headers: string[];
  message: string;
  fix: string;
  asks: readonly Ask[];
}

/** What is asked about the columns of marks of a table: one question for all that look alike. */
export function markQuestions(columns: readonly AskedMarks[], answers: ColumnAnswers): Question[] {
  const looks = new Set(columns.flatMap(({ doubt }) => (doubt?.kind === 'looks' ? doubt.looks : [])));
  return [
    ...[...looks].map((each) => scaleQuestion(each, columns, answers)),
    ...columns.flatMap(({ header, name, doubt }) =>
      doubt === null || doubt.kind === 'looks'
        ? []
        : {
            headers: [header],
            ...oneQuestion(header, doubt, (scale) => writtenDown(answers, { [name]: scale })),
            asks: [{ clave: name, opciones: doubt.kind === 'perhaps' ? ['0-100', doubt.scale] : ['0-100'] }],
          },
    ),
    ...columns.flatMap((column) => (column.low.length > 0 ? lowQuestion(column, answers) : [])),
  ];
}

const SCALES: Record<Looks, string> = {
  '1-7': 'de la escala de 1,0 a 7,0',
  '10-70': 'de la escala de 1,0 a 7,0 escritas sin la coma, de 10 a 70',
  '0-10': 'de una escala de 0 a 10',
  '0-1': 'fracciones de 1',
  other: 'de otra escala, con alumnos aprobados',
};

const LEFT = 'No se envían mientras no se sepa; lo demás de las filas, sí.';

function scaleQuestion(looks: Looks, columns: readonly AskedMarks[], answers: ColumnAnswers): Question {
  const alike = columns.flatMap(({ header, name, doubt }) =>
    doubt?.kind === 'looks' && doubt.looks === looks ? { header, name, values: doubt.values } : [],
  );
  const headers = alike.map(({ header }) => header);
  const ranges = alike.map(({ header, values }) => {
    const lowest = values.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
    const [low, high] = [lowest, highest(values)].map(figureText);
    return `la columna «${header}» trae ${low === high ? `una nota de ${low}` : `notas de ${low} a ${high}`}`;
  });
  const noted = (scale: string): string =>
    writtenDown(answers, Object.fromEntries(alike.map(({ name }) => [name, scale])));
  const way =
    looks === 'other'
      ? `Escríbalas de 0 a 100 o con %. Si ya son porcentajes, anótelo una vez ${WHERE}: ${noted('0-100')}.`
      : `Anótelo una vez ${WHERE}: ${noted(looks)} si es así, ${noted('0-100')} si son porcentajes. O escríbalas de 0 a 100 o con %.`;
  return {
    headers,
    message: `${several(ranges)}: parecen ${SCALES[looks]}, y se informan de 0 a 100. ${LEFT}`,
    fix: way,
    asks: alike.map(({ name: clave }) => ({
      clave,
      opciones: looks === 'other' ? ['0-100'] : [looks, '0-100'],
    })),
  };
}

function oneQuestion(
  header: string,
  doubt: Exclude<MarkDoubt, { kind: 'looks' }>,
  noted: (scale: string) => string,
) {
  const shown = several([...new Set(doubt.values.map((mark) => `«${figureText(mark)}»`))], 3);
  switch (doubt.kind) {
    case 'mixed':
      return {
        message: `la columna «${header}» trae notas como ${shown} entre otras que pasan de 10: parecen de dos escalas. ${LEFT}`,
        fix: `Escríbalas todas de 0 a 100 o con %. Si ya son todas porcentajes, anótelo una vez ${WHERE}: ${noted('0-100')}.`,
      };
    case 'unfit':
      return {
        message: `la columna «${header}» está anotada en la escala ${doubt.scale}, y trae notas que no son de ella: ${shown}. ${LEFT}`,
        fix: `Corrija esas notas en la planilla. Si ahora son todas porcentajes, anótelo ${WHERE}: ${noted('0-100')}.`,
      };
    case 'perhaps':
      return {
        message: `la columna «${header}» trae notas como ${shown}, que pueden ser porcentajes o de la escala ${doubt.scale}, anotada en la fuente para las columnas dudosas. ${LEFT}`,
        fix: `Anote la escala de esa columna, una vez, ${WHERE}: ${noted('0-100')} si son porcentajes, ${noted(doubt.scale)} si son de la otra. O escríbalas de 0 a 100 con %.`,
      };
  }
}

function lowQuestion({ header, name, low }: AskedMarks, answers: ColumnAnswers): Question {
  const shown = several(
    low.map((mark) => `«${mark}»`),
    3,
  );
  return {
    headers: [header],
    message: `la columna «${header}» trae alumnos aprobados con una nota bajo 10 de 100 (${shown}): esas notas no se envían.`,
    fix: `Corríjalas, o déjelas en blanco si aún no hay nota. Si están bien así, anótelo una vez ${WHERE}: ${writtenDown(answers, { [name]: '0-100' })}.`,
    asks: [{ clave: name, opciones: ['0-100'] }],
  };
}
