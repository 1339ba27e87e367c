import { checkDigit } from '@puente-sic/protocol';
import type { RegistryFile } from '../src/index.ts';

/** Two invented providers; the students and tokens are invented too. */
export const TOKEN = '5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220';
export const OTHER_TOKEN = '0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D';
export const RUT_OTEC = '77124930-2';
export const OTHER_OTEC = '76543210-3';
export const CURSO = 'CAP-26-01-13-0001';
export const OTHER_CURSO = 'CAP-26-01-13-0002';
export const MODULOS = ['C00001-O0001-M1', 'C00001-O0001-M2'] as const;
/** The evening of Sunday 22 November 2026 in Santiago. */
export const EVENING = new Date('2026-11-22T22:30:00-03:00');

/** An invented RUT with the right check digit: the n-th of 9.000.001 onwards. */
export function rutOf(n: number): { rutAlumno: number; dvAlumno: string } {
  const rutAlumno = 9_000_000 + n;
  return { rutAlumno, dvAlumno: checkDigit(rutAlumno) };
}

const rutText = (n: number): string => `${rutOf(n).rutAlumno}-${rutOf(n).dvAlumno}`;

/** Students 1 to 5 are in the first provider's course, 5 in its first module only; 6 is in the other's; 7 in none. */
export function registry(): RegistryFile {
  return {
    otecs: [
      { rut: RUT_OTEC, nombre: 'Capacitación Inventada', token: TOKEN },
      { rut: OTHER_OTEC, nombre: 'Otra Inventada', token: OTHER_TOKEN },
    ],
    alumnos: [{ rut: rutText(7), nombre: 'Alumna Siete' }],
    cursos: [
      {
        codigoOferta: CURSO,
        codigoGrupo: CURSO,
        rutOtec: RUT_OTEC,
        nombre: 'Curso inventado',
        modulos: MODULOS.map((codigoModulo) => ({ codigoModulo, nombre: codigoModulo })),
        alumnos: [
          ...[1, 2, 3, 4].map((n) => ({ rut: rutText(n), nombre: `Alumna ${n}` })),
          { rut: rutText(5), nombre: 'Alumna 5', modulos: [MODULOS[0]] },
        ],
      },
      {
        codigoOferta: OTHER_CURSO,
        codigoGrupo: OTHER_CURSO,
        rutOtec: OTHER_OTEC,
        nombre: 'Curso de la otra',
        modulos: [{ codigoModulo: 'C00002-O0002-M1', nombre: 'Único' }],
        alumnos: [{ rut: rutText(6), nombre: 'Alumna 6' }],
      },
    ],
  };
}

type Fields = Record<string, unknown>;

export function modulo(codigoModulo: string = MODULOS[0], fields: Fields = {}): Fields {
  return {
    codigoModulo,
    tiempoConectividad: 600,
    porcentajeAvance: 50,
    estado: 1,
    fechaInicio: '2026-10-01',
    fechaFin: '2026-12-31',
    listaActividades: [{ codigoActividad: 'Tarea 1' }],
    ...fields,
  };
}

export function alumno(n: number, fields: Fields = {}): Fields {
  return {
    ...rutOf(n),
    tiempoConectividad: 6000,
    estado: 1,
    porcentajeAvance: 20,
    fechaInicio: '2026-10-01',
    fechaFin: '2026-12-31',
    listaModulos: [modulo()],
    ...fields,
  };
}

export function envio(listaAlumnos: unknown, fields: Fields = {}): Fields {
  return {
    rutOtec: RUT_OTEC,
    idSistema: 1350,
    token: TOKEN,
    codigoOferta: CURSO,
    codigoGrupo: CURSO,
    listaAlumnos,
    ...fields,
  };
}
