import { type Alumno, checkDigit, type Draft, type Modulo } from '@puente-sic/protocol';
import type { CourseTree, Source, StudentTree } from '@puente-sic/sources';

export const OTEC = { rut: '76111222-8', token: '3D9F6C1A-5B7E-4F20-9A6D-1C2B3A4D5E6F' };
export const OFERTA = 'PRUEBA-26-01-13-0001';
export const MODULOS = ['PRUEBA-M1', 'PRUEBA-M2'];

/** An invented person's number, with its check digit. */
export function rutOf(index: number): { numero: number; dv: string; text: string } {
  const numero = 15_000_000 + index * 137;
  return { numero, dv: checkDigit(numero), text: `${numero}-${checkDigit(numero)}` };
}

export function modulo(
  codigoModulo: string,
  porcentajeAvance: number,
  more: Draft<Modulo> = {},
): Draft<Modulo> {
  return {
    codigoModulo,
    tiempoConectividad: 60 * Math.max(0, porcentajeAvance),
    porcentajeAvance,
    estado: 1,
    fechaInicio: '2026-11-01',
    fechaFin: '2026-12-31',
    listaActividades: [{ codigoActividad: 'Lectura' }],
    ...more,
  };
}

/** A student with the same progress in every module. */
export function student(index: number, porcentaje: number, more: Draft<Alumno> = {}): StudentTree {
  const { numero, dv } = rutOf(index);
  const alumno: Draft<Alumno> = {
    rutAlumno: numero,
    dvAlumno: dv,
    tiempoConectividad: 120 * porcentaje,
    estado: 1,
    porcentajeAvance: porcentaje,
    fechaInicio: '2026-11-01',
    fechaFin: '2026-12-31',
    listaModulos: MODULOS.map((codigo) => modulo(codigo, porcentaje)),
    ...more,
  };
  return {
    alumno,
    place: { text: `avance.csv, fila ${index + 2}`, columns: { porcentajeAvance: 'Avance' } },
    modulePlaces: [],
    held: [],
    findings: [],
  };
}

export function course(students: StudentTree[], more: Partial<CourseTree> = {}): CourseTree {
  return {
    id: OFERTA,
    name: OFERTA,
    title: 'Curso de prueba',
    codigoOferta: OFERTA,
    codigoGrupo: OFERTA,
    students,
    findings: [],
    ...more,
  };
}

/** A source whose courses the test sets. */
export function sourceOf(courses: () => CourseTree[], name = 'aula'): Source {
  return {
    name,
    listCourses: async () => courses().map(({ id, name: short, title }) => ({ id, name: short, title })),
    read: async ({ courses: wanted }) => ({
      courses: courses().filter(({ id }) => wanted === undefined || wanted.some(({ curso }) => curso === id)),
      notGiven: [],
      findings: [],
    }),
    close: async () => {},
  };
}
