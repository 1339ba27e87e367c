import { type Alumno, type Curso, checkDigit, type Modulo } from '@puente-sic/protocol';
import type { CursoHoja } from './scenario.ts';

export const FECHA_INICIO = '2026-03-02';
export const FECHA_FIN = '2026-12-18';

/** Invented students: `alumnos(3)` of course 5 are 31500001 to 31500003 with their check digits. */
export function invented(course: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const numero = 31_000_000 + course * 100_000 + index + 1;
    return `${numero}-${checkDigit(numero)}`;
  });
}

/** A state of the course in which each student has the given percentage (0–100) in its only module. */
export function stateOf(codigo: string, avances: Readonly<Record<string, number>>): Curso {
  return {
    codigoOferta: codigo,
    codigoGrupo: `${codigo}-A`,
    listaAlumnos: Object.entries(avances).map(([rut, porcentajeAvance]) =>
      alumnoOf(rut, [moduloOf(codigo, porcentajeAvance)]),
    ),
  };
}

/** A course whose students are all enrolled from the start, with its states. */
export function courseOf(nombre: string, codigo: string, estados: Curso[]): CursoHoja {
  const inscritos = new Set(
    estados.flatMap(({ listaAlumnos }) => listaAlumnos.map((a) => `${a.rutAlumno}-${a.dvAlumno}`)),
  );
  return {
    nombre,
    fechaInicio: FECHA_INICIO,
    fechaFin: FECHA_FIN,
    modulos: [`${codigo}-M1`],
    inscritos: [...inscritos],
    estados,
  };
}

export function alumnoOf(rut: string, listaModulos: Modulo[]): Alumno {
  const [numero, dvAlumno = ''] = rut.split('-');
  const porcentajeAvance = Math.min(...listaModulos.map((modulo) => modulo.porcentajeAvance));
  return {
    rutAlumno: Number(numero),
    dvAlumno,
    tiempoConectividad: 3600,
    estado: 1,
    porcentajeAvance,
    fechaInicio: FECHA_INICIO,
    fechaFin: FECHA_FIN,
    listaModulos,
  };
}

export function moduloOf(codigo: string, porcentajeAvance: number, actividad = 'Lectura 1'): Modulo {
  return {
    codigoModulo: `${codigo}-M1`,
    tiempoConectividad: 3600,
    porcentajeAvance,
    estado: 1,
    fechaInicio: FECHA_INICIO,
    fechaFin: FECHA_FIN,
    listaActividades: [{ codigoActividad: actividad }],
  };
}
