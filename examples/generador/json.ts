import { estadoOf, JSON_COURSE, ofCourse, type Progress } from './courses.ts';

/** A student of the body, with the mistakes that are wanted. */
export interface JsonStudent {
  progress: Progress;
  only?: number[];
  /** Day-month-year in the second module's end, which the API does not take (027). */
  wrongDate?: boolean;
}

/** An API body as an LMS exports it: without token, idSistema and codigoEnvio. */
export function jsonFile(students: JsonStudent[]): string {
  const { codigoOferta, codigoGrupo, modulos } = JSON_COURSE;
  const synchronous = modulos.reduce((sum, { sincronicas }) => sum + sincronicas, 0);
  const all = modulos.reduce((sum, { actividades }) => sum + actividades.length, 0);
  const body = {
    rutOtec: '77124930-2',
    codigoOferta,
    codigoGrupo,
    cantActividadSincronica: synchronous,
    cantActividadAsincronica: all - synchronous,
    listaAlumnos: students.map(alumnoOf),
  };
  return `${JSON.stringify(body, null, 2)}\n`;
}

/** Tonight: a date as people write it, and a student in a module in which SENCE does not have him (010). */
export function withMistakes(students: Progress[]): JsonStudent[] {
  return students.map((progress, index) => ({ progress, wrongDate: index === FOURTH }));
}

/** Last night the eighth student had not begun the module in which SENCE does not have him. */
export function lastNight(students: Progress[]): JsonStudent[] {
  return students.map((progress, index) =>
    index === NOT_IN_LAST_MODULE ? { progress, only: [0, 1] } : { progress },
  );
}

/** Only the module that was wrong. */
export function mended(students: Progress[]): JsonStudent[] {
  return students.flatMap((progress, index) => (index === FOURTH ? [{ progress, only: [1] }] : []));
}

const FOURTH = 4;
/** The registry has this student in the first two modules only. */
export const NOT_IN_LAST_MODULE = 8;

function alumnoOf({ progress, only, wrongDate }: JsonStudent) {
  const { fechaInicio, fechaFin, modulos } = JSON_COURSE;
  const { porcentaje, segundos } = ofCourse(progress);
  return {
    rutAlumno: progress.person.numero,
    dvAlumno: progress.person.dv,
    tiempoConectividad: segundos,
    estado: 1,
    porcentajeAvance: porcentaje,
    fechaInicio,
    fechaFin,
    listaModulos: modulos.flatMap((modulo, index) => {
      const reached = progress.modulos[index];
      if (!reached || (only !== undefined && !only.includes(index))) return [];
      const end = wrongDate && index === 1 ? modulo.fechaFin.split('-').reverse().join('-') : modulo.fechaFin;
      return {
        codigoModulo: modulo.codigo,
        tiempoConectividad: reached.segundos,
        porcentajeAvance: reached.porcentaje,
        estado: estadoOf(reached.porcentaje),
        fechaInicio: modulo.fechaInicio,
        fechaFin: end,
        cantActividadSincronica: modulo.sincronicas,
        cantActividadAsincronica: modulo.actividades.length - modulo.sincronicas,
        listaActividades: modulo.actividades.map((codigoActividad) => ({ codigoActividad })),
      };
    }),
  };
}
