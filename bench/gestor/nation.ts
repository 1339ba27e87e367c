import { checkDigit } from '@puente-sic/protocol';

/** An invented country: courses of 30 students × 5 modules × 8 activities, 20 courses to a provider. */
export const ALUMNOS = 30;
export const MODULOS = 5;
const ACTIVIDADES = 8;
export const CURSOS_PER_OTEC = 20;
/** Courses that report in one night. */
export const NATION = 40_000;

const rutText = (numero: number): string => `${numero}-${checkDigit(numero)}`;
const otecOf = (curso: number): number => 60_000_000 + Math.floor(curso / CURSOS_PER_OTEC);
export const firstAlumno = (curso: number): number => 5_000_000 + ((curso * ALUMNOS) % 20_000_000);
export const codigoCurso = (curso: number): string => `BENCH-26-13-${String(curso).padStart(6, '0')}`;
export const codigoModulo = (curso: number, modulo: number): string => `C${curso}-O${curso}-M${modulo + 1}`;

/** An invented token, the same for the same provider. */
function tokenOf(otec: number): string {
  const hex = otec.toString(16).toUpperCase().padStart(12, '0');
  return `00000000-0000-4000-8000-${hex}`;
}

/** Who sends a course. */
export function credentials(curso: number): { rutOtec: string; token: string } {
  const otec = otecOf(curso);
  return { rutOtec: rutText(otec), token: tokenOf(otec) };
}

/** A registry file with the courses `from` to `to`, the last one not included. */
export function registry(from: number, to: number) {
  const cursos = Array.from({ length: to - from }, (_, index) => from + index);
  return {
    otecs: [...new Set(cursos.map(otecOf))].map((otec) => ({
      rut: rutText(otec),
      nombre: `OTEC ${otec}`,
      token: tokenOf(otec),
    })),
    cursos: cursos.map((curso) => ({
      codigoOferta: codigoCurso(curso),
      codigoGrupo: codigoCurso(curso),
      rutOtec: rutText(otecOf(curso)),
      nombre: `Curso ${curso}`,
      modulos: Array.from({ length: MODULOS }, (_, modulo) => ({
        codigoModulo: codigoModulo(curso, modulo),
      })),
      alumnos: Array.from({ length: ALUMNOS }, (_, alumno) => ({
        rut: rutText(firstAlumno(curso) + alumno),
      })),
    })),
  };
}

/** The body that reports one course, every module at `porcentaje`. */
export function envio(curso: number, porcentaje: number): string {
  const otec = otecOf(curso);
  return JSON.stringify({
    rutOtec: rutText(otec),
    idSistema: 1350,
    token: tokenOf(otec),
    codigoOferta: codigoCurso(curso),
    codigoGrupo: codigoCurso(curso),
    codigoEnvio: `noche-${porcentaje}`,
    listaAlumnos: Array.from({ length: ALUMNOS }, (_, alumno) => {
      const rutAlumno = firstAlumno(curso) + alumno;
      return {
        rutAlumno,
        dvAlumno: checkDigit(rutAlumno),
        tiempoConectividad: 36_000 + alumno,
        estado: 1,
        porcentajeAvance: porcentaje,
        fechaInicio: '2026-10-01',
        fechaFin: '2026-12-31',
        fechaEjecucion: '2026-11-22',
        listaModulos: Array.from({ length: MODULOS }, (_, modulo) => ({
          codigoModulo: codigoModulo(curso, modulo),
          tiempoConectividad: 7_200 + modulo,
          porcentajeAvance: porcentaje,
          estado: 1,
          fechaInicio: '2026-10-01',
          fechaFin: '2026-12-31',
          notaModulo: 60,
          cantActividadSincronica: 2,
          cantActividadAsincronica: 6,
          listaActividades: Array.from({ length: ACTIVIDADES }, (_, actividad) => ({
            codigoActividad: `Actividad ${actividad + 1} del módulo`,
          })),
        })),
      };
    }),
  });
}
