import { CONTRACT, type Field } from '@puente-sic/sources';

type Kind = Field['type'];

/** Each column of each entity, from the contract that the sources read by. */
export function entityColumns(): string {
  const parts = Object.entries(CONTRACT).map(([entity, { about, fields }]) =>
    [
      `## \`${entity}\``,
      '',
      `${about.charAt(0).toUpperCase()}${about.slice(1)}.`,
      '',
      '| columna | dato | qué es | también se llama |',
      '|---|---|---|---|',
      ...Object.entries<Field>(fields).map(
        ([name, { type, required, about: what, aliases }]) =>
          `| \`${name}\`${required ? '' : ' (opcional)'} | ${KINDS[type]} | ${what} | ${aliases.map((alias) => `\`${alias}\``).join(', ')} |`,
      ),
    ].join('\n'),
  );
  return `${HEAD}\n\n${parts.join('\n\n')}\n`;
}

/** The same as a JSON Schema of one course's rows, entity by entity. */
export function entitySchema(): object {
  const entities = Object.entries(CONTRACT).map(([entity, { about, fields }]) => {
    const all = Object.entries<Field>(fields);
    return [
      entity,
      {
        type: 'array',
        description: about,
        items: {
          type: 'object',
          properties: Object.fromEntries(
            all.map(([name, { type, about: what }]) => [name, { description: what, ...SCHEMAS[type] }]),
          ),
          required: all.flatMap(([name, { required }]) => (required ? [name] : [])),
        },
      },
    ];
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Entidades',
    description: 'Las filas de cada entidad, como las lee puente (docs/entidades.md).',
    type: 'object',
    properties: Object.fromEntries(entities),
    required: ['cursos', 'alumnos', 'modulos'],
  };
}

const HEAD = `<!-- Generado desde packages/sources/src/entidades/contract.ts con «npm run docs»: no se edita a mano. -->
# Las columnas de cada entidad

[Qué son y cómo se entregan](entidades.md) · [como JSON Schema](esquemas/Entidades.json)

Las tildes, las mayúsculas y los espacios de los nombres dan lo mismo: «Código Módulo» es \`codigoModulo\`. Las columnas
que no son del contrato no se leen, y se dice cuáles.`;

const KINDS: Record<Kind, string> = {
  clave: 'identificador, nunca vacío',
  texto: 'texto',
  dia: 'día: `2026-03-09`, `09-03-2026`, o un momento',
  siNo: 'sí o no (`1`, `0`, `true`, `false`)',
  hecho: 'sí, no, o un momento',
  numero: 'número',
  porcentaje: 'número de 0 a 100',
  segundos: 'segundos, cero o más',
  momento: 'momento: segundos desde 1970, `2026-03-09T15:04:05-03:00`; sin zona solo con `zonaHoraria`',
};

const OR_BLANK = { type: ['string', 'null'] };
const SCHEMAS: Record<Kind, object> = {
  clave: { type: ['string', 'integer'] },
  texto: { type: ['string', 'number', 'null'] },
  dia: OR_BLANK,
  siNo: { type: ['boolean', 'string', 'integer', 'null'] },
  hecho: { type: ['boolean', 'string', 'number', 'null'] },
  numero: { type: ['number', 'string', 'null'] },
  porcentaje: { type: ['number', 'string', 'null'], minimum: 0, maximum: 100 },
  segundos: { type: ['number', 'string', 'null'], minimum: 0 },
  momento: { type: ['string', 'number'] },
};
