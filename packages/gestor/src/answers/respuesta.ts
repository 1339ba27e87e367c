import { Refusal } from '../http/refusal.ts';
import type { Condiciones } from '../judge/condiciones.ts';
import { isObject, type JsonObject } from '../judge/values.ts';
import type { AlumnoJuzgado, Falla, ModuloJuzgado, Veredicto } from '../judge/veredicto.ts';
import type { Steps } from '../steps.ts';

/** The answer to a judged call; complete but for its process number, which the store gives. */
export type Respuesta = (idProceso: number) => string[];

/**
 * Writes the answer of enviarAvance, with keys in the order of the official examples. It is written before the
 * process is stored, so that a call whose answer would be absurdly big can still be refused. A student is a step.
 */
export function* writeRespuesta(veredicto: Veredicto, condiciones: Condiciones): Steps<Respuesta> {
  const budget = new Budget();
  const sent = yield* listSent(veredicto, condiciones, budget);
  const errors = yield* listErrors(veredicto, condiciones, budget);
  if (errors.length === 0) {
    return (id) => [
      `{"id_proceso":${id},"envio":[`,
      ...commaParted(sent),
      `],"errores":[],"respuesta_SIC":"El proceso ${id} ha finalizado correctamente, para ver la cantidad de registros y detalle, dirijase a la pantalla de procesos"}`,
    ];
  }
  return (id) => [
    `{"id_proceso":${id},"datosEnviados":[`,
    ...(condiciones.supuestos.ecoParcialVacio ? [] : commaParted(sent)),
    '],"datosError":[',
    ...commaParted(errors),
    '],"respuesta_SIC":""}',
  ];
}

/** Students with the modules that were accepted. [A 3] */
function* listSent({ alumnos }: Veredicto, condiciones: Condiciones, budget: Budget): Steps<string[]> {
  const texts: string[] = [];
  for (const { enviado, modulos } of alumnos) {
    yield;
    const accepted = modulos.filter(({ avance }) => avance !== null);
    if (accepted.length === 0 || !isObject(enviado)) continue;
    const alumno =
      accepted.length === modulos.length
        ? enviado
        : withModulos(
            enviado,
            accepted.map((modulo) => modulo.enviado),
          );
    texts.push(budget.write(withFechaEjecucion(alumno, condiciones)));
  }
  return texts;
}

function* listErrors(
  { fallas, alumnos }: Veredicto,
  condiciones: Condiciones,
  budget: Budget,
): Steps<string[]> {
  const texts = fallas.map((falla) => budget.take(item('null', falla)));
  for (const alumno of alumnos) {
    yield;
    for (const text of alumnoErrors(alumno, condiciones, budget)) texts.push(text);
  }
  return texts;
}

function alumnoErrors(alumno: AlumnoJuzgado, condiciones: Condiciones, budget: Budget): string[] {
  const items: string[] = [];
  if (alumno.fallas.length > 0) {
    const text = budget.write(alumno.enviado);
    for (const falla of alumno.fallas) items.push(budget.take(item(text, falla)));
  }
  for (const modulo of alumno.modulos) {
    if (modulo.fallas.length > 0) items.push(...moduloErrors(alumno, modulo, condiciones, budget));
  }
  return items;
}

function moduloErrors(
  { enviado }: AlumnoJuzgado,
  modulo: ModuloJuzgado,
  { supuestos }: Condiciones,
  budget: Budget,
): string[] {
  const alumno = isObject(enviado) ? enviado : {};
  const text = budget.write(supuestos.errorConAlumnoEntero ? alumno : withModulos(alumno, [modulo.enviado]));
  return modulo.fallas.map(({ codigo, mensaje }) => {
    const prefixed = { codigo, mensaje: `${supuestos.prefijoModulo}${mensaje}` };
    return budget.take(item(text, prefixed, modulo.codigoModulo));
  });
}

function item(alumno: string, { codigo, mensaje }: Falla, codigoModulo?: string | null): string {
  const modulo = codigoModulo === undefined ? '' : `,"codigoModulo":${JSON.stringify(codigoModulo)}`;
  return `{"alumno":${alumno},"codigo":${JSON.stringify(codigo)},"mensaje":${JSON.stringify(mensaje)}${modulo}}`;
}

function withModulos(alumno: JsonObject, listaModulos: unknown[]): JsonObject {
  const copy = emptyObject();
  for (const key of Object.keys(alumno)) copy[key] = key === 'listaModulos' ? listaModulos : alumno[key];
  return copy;
}

/**
 * The service adds the date that it took: after fechaFin at midnight as in the official example, or as seen in
 * production, the last key with the time of day. [S, O]
 */
function withFechaEjecucion(alumno: JsonObject, { hoy, ahora, supuestos }: Condiciones): JsonObject {
  if (alumno.fechaEjecucion !== undefined) return alumno;
  const copy = emptyObject();
  for (const key of Object.keys(alumno)) {
    copy[key] = alumno[key];
    if (key === 'fechaFin' && !supuestos.ecoFechaAlFinal) copy.fechaEjecucion = `${hoy} 00:00:00`;
  }
  if (supuestos.ecoFechaAlFinal) copy.fechaEjecucion = ahora;
  return copy;
}

/** Without a prototype, so that a sent key `__proto__` is a key like any other. */
function emptyObject(): Record<string, unknown> {
  return Object.create(null);
}

function commaParted(texts: string[]): string[] {
  return texts.map((text, index) => (index === 0 ? text : `,${text}`));
}

/** Characters of an answer. Each error repeats its student, so that a hostile body could ask for terabytes. */
const MAX_ANSWER = 64 * 1024 * 1024;

class Budget {
  #left = MAX_ANSWER;

  /** JSON of a value as sent. */
  write(value: unknown): string {
    return this.take(JSON.stringify(value));
  }

  take(text: string): string {
    this.#left -= text.length;
    if (this.#left < 0)
      throw new Refusal(
        413,
        'La respuesta a este envío sería demasiado grande: envíe menos alumnos por llamada.',
      );
    return text;
  }
}
