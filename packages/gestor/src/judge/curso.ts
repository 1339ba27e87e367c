import { messageOf } from '@puente-sic/protocol';
import type { Steps } from '../steps.ts';
import type { CursoInscrito } from '../store/recorder.ts';
import { judgeAlumno } from './alumno.ts';
import type { Condiciones } from './condiciones.ts';
import { isOptionalCount } from './figures.ts';
import { Ultimos } from './ultimos.ts';
import { type JsonObject, readCode } from './values.ts';
import type { AlumnoJuzgado, Falla, Veredicto } from './veredicto.ts';

/**
 * Judges the body of an authenticated call. Pure: the registry's part and the last accepted values come in `curso`,
 * which is null when no open course of the caller has these codes.
 * Order: course (003), its totals (032, 033), the list of students, then each student, which is a step.
 */
export function* judgeEnvio(
  envio: JsonObject,
  curso: CursoInscrito | null,
  condiciones: Condiciones,
): Steps<Veredicto> {
  if (!curso) return refused(null, [unknownCourse(envio)]);

  const totals = judgeTotals(envio);
  if (totals.length > 0) return refused(curso.id, totals);

  const { listaAlumnos } = envio;
  if (!Array.isArray(listaAlumnos) || listaAlumnos.length === 0) {
    return refused(curso.id, [{ codigo: null, mensaje: 'listaAlumnos no puede estar vacía' }]);
  }
  const ultimos = new Ultimos(curso.ultimos);
  const alumnos: AlumnoJuzgado[] = [];
  for (const alumno of listaAlumnos) {
    alumnos.push(judgeAlumno(alumno, curso, ultimos, condiciones));
    yield;
  }
  return { cursoId: curso.id, fallas: [], alumnos };
}

function refused(cursoId: number | null, fallas: Falla[]): Veredicto {
  return { cursoId, fallas, alumnos: [] };
}

/** Names the oferta, also when only the grupo is unknown or when the course is another provider's. [A 2] */
function unknownCourse(envio: JsonObject): Falla {
  const codigoCurso = (readCode(envio.codigoOferta) ?? '').slice(0, 255);
  return { codigo: '003', mensaje: messageOf('003', { codigoCurso }) };
}

function judgeTotals(envio: JsonObject): Falla[] {
  const fallas: Falla[] = [];
  if (!isOptionalCount(envio.cantActividadSincronica))
    fallas.push({ codigo: '032', mensaje: messageOf('032') });
  if (!isOptionalCount(envio.cantActividadAsincronica))
    fallas.push({ codigo: '033', mensaje: messageOf('033') });
  return fallas;
}
