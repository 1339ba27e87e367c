import { join } from 'node:path';
import type { RegistryFile } from '@puente-sic/gestor';
import { type Alumno, checkDigit, type Draft } from '@puente-sic/protocol';
import type { CourseTree, Source } from '@puente-sic/sources';

/** What the torture's processes share: who there is, and how far each student is on each night. */

export const OTEC = { rut: '76111222-8', token: '3D9F6C1A-5B7E-4F20-9A6D-1C2B3A4D5E6F' };
export const FIRST_NIGHT = Date.UTC(2026, 0, 10);
const DAY_MS = 86_400_000;
const STUDENTS = 6;
const MODULOS = ['TORTURA-M1', 'TORTURA-M2'];
export const CURSOS = ['TORTURA-A', 'TORTURA-B', 'TORTURA-C'];

/** Stands as long as the Gestor is being started again after its death. */
export function outageFile(folder: string): string {
  return join(folder, 'sin-gestor');
}

export function noche(index: number): string {
  return new Date(FIRST_NIGHT + index * DAY_MS).toISOString().slice(0, 10);
}

/** The percentage of one record on a night: mostly growing, now and then lower (activities were added). */
export function porcentaje(curso: string, rut: string, modulo: string, night: string): number {
  const index = Math.round((Date.parse(night) - FIRST_NIGHT) / DAY_MS);
  const seed = hash(`${curso} ${rut} ${modulo}`);
  const grown = Math.min(100, Math.floor((index * (1 + (seed % 5))) / 12));
  const dropped = hash(`${seed} ${night}`) % 9 === 0 ? 7 : 0;
  return Math.max(0, grown - dropped);
}

export function registry(): RegistryFile {
  return {
    otecs: [{ rut: OTEC.rut, nombre: 'Capacitaciones de Prueba', token: OTEC.token }],
    cursos: CURSOS.map((codigo) => ({
      ...{ codigoOferta: codigo, codigoGrupo: codigo, rutOtec: OTEC.rut, nombre: codigo },
      modulos: MODULOS.map((codigoModulo) => ({ codigoModulo, nombre: codigoModulo })),
      alumnos: people().map(({ text }) => ({ rut: text, nombre: 'Persona' })),
    })),
  };
}

/** A source that says on each night what it then is; one student of each course nobody knows. */
export function sourceAt(clock: () => string): Source {
  return {
    name: 'aula',
    listCourses: async () => CURSOS.map((id) => ({ id, name: id, title: id })),
    read: async ({ courses }) => ({
      courses: CURSOS.filter((id) => courses?.some(({ curso }) => curso === id) ?? true).map((id) =>
        tree(id, clock()),
      ),
      notGiven: [],
      findings: [],
    }),
    close: async () => {},
  };
}

function tree(codigo: string, night: string): CourseTree {
  const unknown = rutOf(999);
  return {
    ...{ id: codigo, name: codigo, title: codigo, codigoOferta: codigo, codigoGrupo: codigo, findings: [] },
    students: [...people(), unknown].map(({ numero, dv, text }) => {
      const alumno: Draft<Alumno> = {
        ...{ rutAlumno: numero, dvAlumno: dv, tiempoConectividad: 60, porcentajeAvance: 1, estado: 1 },
        ...{ fechaInicio: '2026-01-01', fechaFin: '2035-12-31' },
        listaModulos: MODULOS.map((codigoModulo) => ({
          ...{
            codigoModulo,
            tiempoConectividad: 60,
            estado: 1,
            fechaInicio: '2026-01-01',
            fechaFin: '2035-12-31',
          },
          porcentajeAvance: porcentaje(codigo, text, codigoModulo, night),
          listaActividades: [{ codigoActividad: 'Lectura' }],
        })),
      };
      return { alumno, modulePlaces: [], held: [], findings: [] };
    }),
  };
}

function people() {
  return Array.from({ length: STUDENTS }, (_, index) => rutOf(index));
}

function rutOf(index: number): { numero: number; dv: string; text: string } {
  const numero = 15_000_000 + index * 137;
  const dv = checkDigit(numero);
  return { numero, dv, text: `${numero}-${dv}` };
}

function hash(text: string): number {
  let value = 2166136261;
  for (const char of text) value = Math.imul(value ^ char.charCodeAt(0), 16777619) >>> 0;
  return value;
}
