import { variable } from '@puente-sic/app';
import { stringify } from 'yaml';

/** What `puente init` found out, as puente.yaml says it. Secrets are names of variables. */
export interface Answers {
  gestor?: string;
  rut: string;
  fuente: Record<string, string | Record<string, string | Record<string, string>>>;
  cursos: CursoAnswer[];
}

export interface CursoAnswer {
  curso: string;
  title: string;
  codigoOferta?: string;
  /** LMS group → codigoGrupo; left out: everybody, by the course's own code. */
  grupo?: string;
  codigoGrupo?: string;
  modulos?: Record<string, string>;
  /** First and last day, where the LMS has none. */
  inicio?: string;
  fin?: string;
}

/** puente.yaml with a line of explanation above each part. */
export function settingsText({ gestor, rut, fuente, cursos }: Answers): string {
  const parts = [
    '# Escrito por «puente init»; docs/configuracion.md describe cada clave.',
    ...(gestor === undefined ? [] : [block({ gestor })]),
    block({ otecs: [{ rut, token: variable('SENCE_TOKEN') }] }),
    block({ fuentes: [fuente] }),
    cursos.length === 0
      ? '# Sin «cursos» se informan todos los que nombran los datos.'
      : block({ cursos: cursos.map(({ title: _, ...curso }) => ({ fuente: fuente.nombre, ...curso })) }),
  ];
  return `${parts.join('\n')}\n`;
}

function block(value: object): string {
  // Quoted wherever YAML could take it for something else; puente reads every value as the text that is written.
  return stringify(value, { lineWidth: 0 }).trimEnd();
}
