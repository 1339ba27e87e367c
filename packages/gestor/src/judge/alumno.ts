import { messageOf, type Rut } from '@puente-sic/protocol';
import type { CursoInscrito } from '../store/recorder.ts';
import type { Condiciones } from './condiciones.ts';
import { isFecha } from './fechas.ts';
import { isCount, isOptionalPercentage, isOutside, isPercentage, isReversed } from './figures.ts';
import { judgeModulo } from './modulo.ts';
import { alumnoColumns } from './registro.ts';
import { nameAlumno, readAlumnoRut } from './rut.ts';
import type { Ultimos } from './ultimos.ts';
import { isObject, type JsonObject } from './values.ts';
import type { AlumnoJuzgado, Falla } from './veredicto.ts';

/**
 * Judges one student. Who is not known (012) or not in the course (011) is told that and nothing else; of all others
 * every error of the student and of the modules is told. An error of the student refuses all of his records.
 */
export function judgeAlumno(
  enviado: unknown,
  curso: CursoInscrito,
  ultimos: Ultimos,
  condiciones: Condiciones,
): AlumnoJuzgado {
  const alumno = isObject(enviado) ? enviado : {};
  const rut = readAlumnoRut(alumno);
  const stranger = judgeIdentity(enviado, rut, curso);
  const fallas = stranger ? [stranger] : judgeFields(alumno, condiciones);
  const modulos = Array.isArray(alumno.listaModulos) ? alumno.listaModulos : [];

  const columns = alumnoColumns(alumno, rut, condiciones.hoy);
  const context = {
    alumno,
    rut,
    columns,
    curso,
    ultimos,
    condiciones,
    fallasAlumno: fallas,
    stranger: stranger !== null,
  };
  return { enviado, fallas, modulos: modulos.map((modulo) => judgeModulo(modulo, context)) };
}

function judgeIdentity(enviado: unknown, rut: Rut | null, curso: CursoInscrito): Falla | null {
  if (rut && curso.alumnos.has(rut.numero)) return null;
  const codigo = rut && curso.conoce(rut.numero) ? '011' : '012';
  return { codigo, mensaje: messageOf(codigo, { rutAlumno: nameAlumno(enviado) }) };
}

function judgeFields(alumno: JsonObject, { supuestos }: Condiciones): Falla[] {
  const { tiempoConectividad, porcentajeAvance, evaluacionFinal, fechaInicio, fechaFin, listaModulos } =
    alumno;
  const maximum = supuestos.porcentajeMaximo;
  const fallas: Falla[] = [];
  if (!isCount(tiempoConectividad)) fallas.push({ codigo: '021', mensaje: messageOf('021') });
  if (!isPercentage(porcentajeAvance, maximum)) fallas.push({ codigo: '022', mensaje: messageOf('022') });
  if (!isFecha(fechaInicio)) fallas.push({ codigo: '026', mensaje: 'alumno.fechaInicio inválido' });
  const isOpenEnded = supuestos.fechaFinVacia && fechaFin === '';
  if (
    !(isFecha(fechaFin) || isOpenEnded) ||
    (supuestos.exigirOrdenDeFechas && isReversed(fechaInicio, fechaFin))
  ) {
    fallas.push({ codigo: '027', mensaje: 'alumno.fechaFin inválido' });
  }
  if (!isOptionalPercentage(evaluacionFinal, maximum)) {
    fallas.push({ codigo: '031', mensaje: messageOf('031') });
  }
  if (supuestos.exigirEjecucionEnCurso && isOutside(alumno.fechaEjecucion, fechaInicio, fechaFin)) {
    fallas.push({ codigo: null, mensaje: 'alumno.fechaEjecucion inválido' });
  }
  if (!Array.isArray(listaModulos) || listaModulos.length === 0) {
    fallas.push({ codigo: null, mensaje: 'alumno.listaModulos no puede estar vacía' });
  }
  return fallas;
}
