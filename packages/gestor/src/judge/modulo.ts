import { fiveDecimals, messageOf, type Rut, readFigure } from '@puente-sic/protocol';
import type { CursoInscrito } from '../store/recorder.ts';
import type { Condiciones } from './condiciones.ts';
import { isFecha } from './fechas.ts';
import { isCount, isOptionalCount, isOptionalPercentage, isPercentage, isReversed } from './figures.ts';
import { type AlumnoColumns, toRegistro } from './registro.ts';
import { nameAlumno } from './rut.ts';
import type { Ultimos } from './ultimos.ts';
import { isObject, type JsonObject, readCode } from './values.ts';
import type { Avance, Falla, ModuloJuzgado } from './veredicto.ts';

/** What a module needs of the student around it. */
export interface AlumnoContext {
  alumno: JsonObject;
  rut: Rut | null;
  columns: AlumnoColumns;
  curso: CursoInscrito;
  ultimos: Ultimos;
  condiciones: Condiciones;
  /** Not empty: the record is refused whatever the module says. */
  fallasAlumno: Falla[];
  /** The student is not of this course: nothing is said of his modules. */
  stranger: boolean;
}

/** Judges one module of one student, and remembers its percentage for the rest of the call when it is accepted. */
export function judgeModulo(enviado: unknown, context: AlumnoContext): ModuloJuzgado {
  const modulo = isObject(enviado) ? enviado : {};
  const codigoModulo = readCode(modulo.codigoModulo);
  const fallas = context.stranger ? [] : judgeFallas(modulo, codigoModulo, context);
  const avance =
    context.fallasAlumno.length + fallas.length === 0 ? accept(modulo, codigoModulo, context) : null;
  const registro = toRegistro(
    context.columns,
    modulo,
    [...context.fallasAlumno, ...fallas],
    context.condiciones,
  );
  return { enviado, codigoModulo, fallas, registro, avance };
}

function judgeFallas(modulo: JsonObject, codigoModulo: string | null, context: AlumnoContext): Falla[] {
  if (!isEnrolled(codigoModulo, context)) {
    const values = {
      rutAlumno: nameAlumno(context.alumno),
      codigoModulo: (codigoModulo ?? '').slice(0, 255),
    };
    return [{ codigo: '010', mensaje: messageOf('010', values) }];
  }
  const fallas = judgeFields(modulo, context.condiciones);
  return fallas.some(({ codigo }) => codigo === '024')
    ? fallas
    : [...fallas, ...judgeMonotony(modulo, codigoModulo, context)];
}

function isEnrolled(codigoModulo: string | null, { curso, rut }: AlumnoContext): codigoModulo is string {
  if (codigoModulo === null || rut === null || !curso.modulos.has(codigoModulo)) return false;
  const own = curso.alumnos.get(rut.numero);
  return own === null || own?.has(codigoModulo) === true;
}

function judgeFields(modulo: JsonObject, { supuestos }: Condiciones): Falla[] {
  const { fechaInicio, fechaFin, listaActividades } = modulo;
  const maximum = supuestos.porcentajeMaximo;
  const fallas: Falla[] = [];
  if (!isCount(modulo.tiempoConectividad)) fallas.push({ codigo: '023', mensaje: messageOf('023') });
  if (!isPercentage(modulo.porcentajeAvance, maximum))
    fallas.push({ codigo: '024', mensaje: messageOf('024') });
  if (!isFecha(fechaInicio)) fallas.push({ codigo: '026', mensaje: messageOf('026') });
  if (!isFecha(fechaFin) || (supuestos.exigirOrdenDeFechas && isReversed(fechaInicio, fechaFin))) {
    fallas.push({ codigo: '027', mensaje: messageOf('027') });
  }
  if (!isOptionalPercentage(modulo.notaModulo, maximum))
    fallas.push({ codigo: '028', mensaje: messageOf('028') });
  if (!isOptionalCount(modulo.cantActividadSincronica))
    fallas.push({ codigo: '029', mensaje: messageOf('029') });
  if (!isOptionalCount(modulo.cantActividadAsincronica))
    fallas.push({ codigo: '030', mensaje: messageOf('030') });
  if (supuestos.exigirActividades && (!Array.isArray(listaActividades) || listaActividades.length === 0)) {
    fallas.push({ codigo: null, mensaje: 'modulo.listaActividades no puede estar vacía' });
  }
  return fallas;
}

/** 025: compared unrounded with the last accepted percentage; an equal one is accepted. [S, A 6] */
function judgeMonotony(modulo: JsonObject, codigoModulo: string, context: AlumnoContext): Falla[] {
  const porcentaje = readFigure(modulo.porcentajeAvance);
  const anterior = context.rut ? context.ultimos.get(context.rut.numero, codigoModulo) : undefined;
  if (porcentaje === null || anterior === undefined) return [];
  const { rechazarPorcentajeIgual } = context.condiciones.supuestos;
  if (porcentaje > anterior || (porcentaje === anterior && !rechazarPorcentajeIgual)) return [];
  return [{ codigo: '025', mensaje: messageOf('025', { porcentajeAnterior: fiveDecimals(anterior) }) }];
}

function accept(modulo: JsonObject, codigoModulo: string | null, context: AlumnoContext): Avance | null {
  const porcentajeAvance = readFigure(modulo.porcentajeAvance);
  if (context.rut === null || codigoModulo === null || porcentajeAvance === null) return null;
  if (!context.condiciones.supuestos.avancePorDia)
    context.ultimos.set(context.rut.numero, codigoModulo, porcentajeAvance);
  return { rutAlumno: context.rut.numero, codigoModulo, porcentajeAvance };
}
