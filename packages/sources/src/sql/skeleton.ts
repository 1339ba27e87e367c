import { CONTRACT } from '../entidades/contract.ts';

/** A text with a query per entity, to be completed by somebody who knows the tables. */
export function querySkeleton(): string {
  const parts = Object.entries(CONTRACT).map(([entity, { about, fields }]) => {
    const columns = Object.entries(fields).map(([field, { about: what, required }], index, all) => {
      const comma = index === all.length - 1 ? '' : ',';
      return `  COLUMNA as ${field}${comma} -- ${required ? '' : 'opcional; '}${what}`;
    });
    return [`-- entidad: ${entity}`, `-- ${about}`, 'select', ...columns, 'from TABLA'].join('\n');
  });
  return `${HEAD}\n\n${parts.join('\n\n')}\n`;
}

const HEAD = `-- Una consulta por entidad, cada una bajo su título; docs/entidades.md dice qué va en cada una.
-- Reemplace TABLA y cada COLUMNA, y borre lo que no use: van avances con actividades, o porcentajes; clics, o tiempos.`;
