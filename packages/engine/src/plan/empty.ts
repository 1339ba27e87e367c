import { hallazgoOf } from '../explain.ts';
import type { NoEntregado } from '../results.ts';
import type { Assigned } from './gather.ts';

/** Courses apart from those of which nobody can be reported: a course without students is asked for and not given. */
export function withoutEmpty(courses: readonly Assigned[]): {
  courses: Assigned[];
  sinAlumnos: NoEntregado[];
} {
  const sinAlumnos = courses.filter(isEmpty).map(({ fuente, tree }): NoEntregado => {
    const mensaje = `El curso ${tree.codigoOferta} (grupo ${tree.codigoGrupo}) no tiene ningún alumno en «${fuente}»: no hay nada que enviar de él.`;
    const queHacer =
      'Revise en la plataforma que los alumnos estén inscritos y en su grupo; si el curso ya no se informa, quítelo de puente.yaml.';
    return {
      ...{ fuente, curso: tree.id, codigoOferta: tree.codigoOferta, codigoGrupo: tree.codigoGrupo },
      ...{ causa: 'sin-alumnos', mensaje, queHacer },
      // What the source says of the course may be why: who is in it under another role, by name.
      hallazgos: [
        { codigo: null, ruta: '', mensaje, queHacer, gravedad: 'error' },
        ...tree.findings.map(hallazgoOf),
      ],
    };
  });
  return { courses: courses.filter((course) => !isEmpty(course)), sinAlumnos };
}

function isEmpty({ tree }: Assigned): boolean {
  return tree.students.length === 0;
}
