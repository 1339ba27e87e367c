import { COURSES, JSON_COURSE, NOT_ENROLLED, OUTSIDERS } from './courses.ts';
import { NOT_IN_LAST_MODULE } from './json.ts';
import { rut } from './people.ts';

/** Invented; the demo's provider has the check digit that its RUT must have. */
const OTEC = {
  rut: '77124930-2',
  nombre: 'OTEC de demostración',
  token: '7C0A4E52-91B3-4D6F-8E27-5A1F0B9C3D48',
  vigente: true,
};

/** What the demo's Gestor knows: the provider, who is enrolled where, and who is known but enrolled nowhere. */
export function registryFile(): string {
  const registry = {
    otecs: [OTEC],
    alumnos: [NOT_ENROLLED, ...OUTSIDERS].map((person) => ({ rut: rut(person), nombre: person.nombre })),
    cursos: COURSES.map((course) => ({
      codigoOferta: course.codigoOferta,
      codigoGrupo: course.codigoGrupo,
      rutOtec: OTEC.rut,
      nombre: course.nombre,
      fechaInicio: course.fechaInicio,
      fechaFin: course.fechaFin,
      modulos: course.modulos.map(({ codigo, nombre }) => ({ codigoModulo: codigo, nombre })),
      alumnos: course.alumnos.map((person, index) => ({
        rut: rut(person),
        nombre: person.nombre,
        ...(course === JSON_COURSE &&
          index === NOT_IN_LAST_MODULE && {
            modulos: course.modulos.slice(0, 2).map(({ codigo }) => codigo),
          }),
      })),
    })),
  };
  return `${JSON.stringify(registry, null, 2)}\n`;
}
