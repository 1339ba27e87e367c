import { checkDigit } from '@puente-sic/protocol';
import type { CourseTree, Source } from '@puente-sic/sources';

export const MODULOS = ['MEDIDA-M1', 'MEDIDA-M2', 'MEDIDA-M3'];
const DATES = { fechaInicio: '2026-11-01', fechaFin: '2026-12-31' };

/** The code of the course of so many students, as oferta and as group; `copy`: of those as big, from 0. */
export function codigoOf(students: number, copy = 0): string {
  return copy === 0 ? `MEDIDA-${students}` : `MEDIDA-${students}-${copy}`;
}

/** The codes of courses of these sizes, in their order. */
export function codigosOf(sizes: readonly number[]): string[] {
  return sizes.map((students, at) =>
    codigoOf(students, sizes.slice(0, at).filter((one) => one === students).length),
  );
}

/** Everybody of a course of so many, in order; nobody has the name of another. */
export function peopleOf(students: number): { rut: string; nombre: string }[] {
  return Array.from({ length: students }, (_, at) => ({
    rut: `${15_000_000 + at}-${checkDigit(15_000_000 + at)}`,
    nombre: `${NOMBRES[at % NOMBRES.length]} ${APELLIDOS[at % APELLIDOS.length]} ${at}`,
  }));
}

/** Courses of these sizes; each student's progress is what `avance` then says, 50 when it is left out. */
export function bigCourses(sizes: number[], avance: (at: number) => number = () => 50): Source {
  const codigos = codigosOf(sizes);
  const all = () => sizes.map((students, at) => course(students, codigos[at] ?? '', avance));
  return {
    name: 'aula',
    listCourses: async () => all().map(({ id, name, title }) => ({ id, name, title })),
    read: async ({ courses }) => ({
      courses: all().filter(({ id }) => courses?.some(({ curso }) => curso === id) ?? true),
      notGiven: [],
      findings: [],
    }),
    close: async () => {},
  };
}

function course(students: number, codigo: string, avance: (at: number) => number): CourseTree {
  return {
    ...{ id: codigo, name: codigo, title: codigo, codigoOferta: codigo, codigoGrupo: codigo, findings: [] },
    students: peopleOf(students).map(({ rut, nombre }, at) => {
      const [rutAlumno = '', dvAlumno = ''] = rut.split('-');
      const figures = { ...DATES, porcentajeAvance: avance(at), estado: 1 };
      return {
        name: nombre,
        alumno: {
          ...{ rutAlumno: Number(rutAlumno), dvAlumno, ...figures, tiempoConectividad: 3600 },
          listaModulos: MODULOS.map((codigoModulo) => ({
            ...{ codigoModulo, ...figures, tiempoConectividad: 1200 },
            listaActividades: [{ codigoActividad: 'Lectura' }],
          })),
        },
        ...{ modulePlaces: [], held: [], findings: [] },
      };
    }),
  };
}

// As many as have no common divisor, so that together they give many different names.
const NOMBRES = ['Antonia', 'Benjamín', 'Catalina', 'Daniela', 'Esteban', 'Fernanda', 'Ignacio'];
const APELLIDOS = ['Álvarez', 'Curihuinca', 'Espinoza', 'Muñoz', 'Núñez', 'Pérez', 'Quilodrán', 'Sepúlveda'];
