import { type Person, people, random } from './people.ts';

export interface Module {
  codigo: string;
  nombre: string;
  fechaInicio: string;
  fechaFin: string;
  actividades: string[];
  sincronicas: number;
}

export interface Course {
  codigoOferta: string;
  codigoGrupo: string;
  nombre: string;
  fechaInicio: string;
  fechaFin: string;
  modulos: Module[];
  alumnos: Person[];
}

/** One student's night: progress (0–100) and seconds in each module of the course. */
export interface Progress {
  person: Person;
  modulos: { porcentaje: number; segundos: number }[];
}

const everybody = people(64);

export const CSV_COURSE: Course = {
  codigoOferta: 'CAP-26-01-13-0446-1',
  codigoGrupo: 'CAP-26-01-13-0446-1',
  nombre: 'Planilla de cálculo para la gestión, nivel intermedio',
  fechaInicio: '2026-10-05',
  fechaFin: '2026-12-18',
  alumnos: everybody.slice(0, 22),
  modulos: [
    {
      codigo: 'PRES028008000558',
      nombre: 'Funciones y fórmulas',
      fechaInicio: '2026-10-05',
      fechaFin: '2026-10-30',
      actividades: ['Foro de presentación', 'Funciones lógicas', 'Evaluación del módulo 1'],
      sincronicas: 1,
    },
    {
      codigo: 'PRES028008000559',
      nombre: 'Tablas y gráficos',
      fechaInicio: '2026-10-26',
      fechaFin: '2026-11-20',
      actividades: [
        // 70 characters: the service keeps 50, and the tildes must not count twice.
        'Análisis de información económica y presentación gráfica de la gestión',
        'Tablas dinámicas',
      ],
      sincronicas: 1,
    },
    {
      codigo: 'PRES028008000560',
      nombre: 'Automatización',
      fechaInicio: '2026-11-16',
      fechaFin: '2026-12-18',
      actividades: ['Grabación de macros', 'Proyecto final'],
      sincronicas: 0,
    },
  ],
};

export const XLSX_COURSE: Course = {
  codigoOferta: 'CAP-26-01-09-0112-3',
  codigoGrupo: 'CAP-26-01-09-0112-3-B',
  nombre: 'Atención de público con pertinencia intercultural',
  fechaInicio: '2026-10-12',
  fechaFin: '2026-12-11',
  alumnos: everybody.slice(22, 42),
  modulos: [
    {
      codigo: 'PRES028011000204',
      nombre: 'Comunicación efectiva',
      fechaInicio: '2026-10-12',
      fechaFin: '2026-11-13',
      actividades: ['Saludo y bienvenida', 'Escucha activa', 'Juego de roles en línea'],
      sincronicas: 1,
    },
    {
      codigo: 'PRES028011000205',
      nombre: 'Manejo de situaciones difíciles',
      fechaInicio: '2026-11-09',
      fechaFin: '2026-12-11',
      actividades: ['Estudio de caso', 'Evaluación final'],
      sincronicas: 0,
    },
  ],
};

export const JSON_COURSE: Course = {
  codigoOferta: 'CAP-26-01-05-0787-2',
  codigoGrupo: 'CAP-26-01-05-0787-2',
  nombre: 'Prevención de riesgos en bodegas y centros de distribución',
  fechaInicio: '2026-10-05',
  fechaFin: '2026-12-04',
  alumnos: everybody.slice(42, 60),
  modulos: [
    {
      codigo: 'PRES028020000031',
      nombre: 'Marco legal',
      fechaInicio: '2026-10-05',
      fechaFin: '2026-10-23',
      actividades: ['Ley y reglamento', 'Cuestionario 1'],
      sincronicas: 0,
    },
    {
      codigo: 'PRES028020000032',
      nombre: 'Identificación de peligros',
      fechaInicio: '2026-10-26',
      fechaFin: '2026-11-13',
      actividades: ['Matriz de peligros', 'Clase en vivo', 'Cuestionario 2'],
      sincronicas: 1,
    },
    {
      codigo: 'PRES028020000033',
      nombre: 'Plan de emergencia',
      fechaInicio: '2026-11-16',
      fechaFin: '2026-12-04',
      actividades: ['Plano de evacuación', 'Simulacro', 'Evaluación final'],
      sincronicas: 0,
    },
  ],
};

export const COURSES = [CSV_COURSE, XLSX_COURSE, JSON_COURSE];

/** Known to the platform and in no course (011), and unknown to it (012). */
export const [NOT_ENROLLED, UNKNOWN, ...OUTSIDERS] = everybody.slice(60) as [Person, Person, ...Person[]];

/** Where everybody of a course stood last night, and stands tonight: nobody goes back. */
export function nights(course: Course, seed: number): { ayer: Progress[]; hoy: Progress[] } {
  const next = random(seed);
  const both = course.alumnos.map((person) => {
    const pace = 25 + next(70);
    const modulos = course.modulos.map((_, index) => {
      const reached = Math.max(0, Math.min(100, Math.round((pace * 3 - index * 100) / 5) * 5));
      const before = reached === 0 ? 0 : Math.max(0, reached - 5 * next(3));
      const perPoint = 60 + next(50);
      return { reached, before, perPoint, extra: next(240) };
    });
    return { person, modulos };
  });
  const at = (percentage: 'reached' | 'before'): Progress[] =>
    both.map(({ person, modulos }) => ({
      person,
      modulos: modulos.map((modulo) => ({
        porcentaje: modulo[percentage],
        segundos: modulo[percentage] === 0 ? 0 : modulo[percentage] * modulo.perPoint + modulo.extra,
      })),
    }));
  return { ayer: at('before'), hoy: at('reached') };
}

/** Progress in the course as a provider's LMS exports it: the mean of the modules. */
export function ofCourse({ modulos }: Progress): { porcentaje: number; segundos: number } {
  const sum = (pick: (modulo: { porcentaje: number; segundos: number }) => number): number =>
    modulos.reduce((total, modulo) => total + pick(modulo), 0);
  return {
    porcentaje: Math.round((sum(({ porcentaje }) => porcentaje) / modulos.length) * 10) / 10,
    segundos: sum(({ segundos }) => segundos),
  };
}

/** 2 aprobado when everything of the module is done, else 1 cursando. */
export function estadoOf(porcentaje: number): 1 | 2 {
  return porcentaje === 100 ? 2 : 1;
}
