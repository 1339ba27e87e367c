import { santiagoDate } from '@puente-sic/protocol';
import { type Llamada, recordsOf } from '../call.ts';
import { courseOf, invented, stateOf } from '../course.ts';
import { cumplido, type Dictamen, type Escenario, fallado, pendiente, SIN_INTENTO } from '../scenario.ts';
import { acceptedIn, overlaps, refusalOf, repeatOfAccepted } from './accepted.ts';

/** Seconds by the kit's clock that a sender must wait at the least before it tries again after a 503. */
const PAUSA_MINIMA = 5;
/** Of these, what a clock that counts a little faster may take off. */
const HOLGURA = 0.5;

/** The first call of the course that meets the scenario's fault, and those after it that carry a record of it. */
function hit(envios: readonly Llamada[]): { primera: Llamada; repetidas: Llamada[] } | null {
  const primera = envios.find(({ falla }) => falla !== null);
  if (!primera) return null;
  return { primera, repetidas: envios.filter((envio) => envio.n > primera.n && overlaps(envio, primera)) };
}

export const http503: Escenario = {
  id: 'http-503',
  nombre: '503 y después éxito',
  instruccion:
    'Envíe el curso CERT-503. La primera llamada recibe un 503; su programa debe intentarlo de nuevo más tarde.',
  espera: `Que espere (al menos ${PAUSA_MINIMA} s, lo que pide Retry-After) y vuelva a enviar hasta que entre, una sola vez.`,
  mira: 'Los envíos de CERT-503: cuánto después del 503 llega el siguiente con los mismos alumnos, por el reloj del kit.',
  curso: twoStudents('503', 'CERT-503', 12),
  falla: (anteriores) => (anteriores.length === 0 ? { tipo: 'http-503', segundos: PAUSA_MINIMA } : null),
  juzgar({ envios }) {
    const found = hit(envios);
    if (!found) return SIN_INTENTO;
    const { primera, repetidas } = found;
    const [second] = repetidas;
    if (!second) return pendiente('Recibió el 503: falta el nuevo intento.');
    const pause = (Date.parse(second.recibida) - Date.parse(primera.recibida)) / 1000 - primera.segundos;
    if (pause < PAUSA_MINIMA - HOLGURA) return fallado('Volvió a llamar enseguida, sin esperar.');
    return acceptedOnce(envios, primera);
  },
};

export const corteAntes: Escenario = {
  id: 'corte-antes',
  nombre: 'Conexión cortada antes de procesar',
  instruccion:
    'Envíe el curso CERT-CORTE-1. La conexión se corta y el envío no llega a registrarse; deje que su programa lo resuelva.',
  espera: 'Que pregunte al historial, vea que no llegó y lo envíe otra vez.',
  mira: 'Los envíos de CERT-CORTE-1 y las consultas al historial entre el cortado y el siguiente: sólo cuentan las que lo mostrarían si hubiera entrado.',
  curso: twoStudents('Corte antes', 'CERT-CORTE-1', 13),
  falla: (anteriores) => (anteriores.length === 0 ? { tipo: 'corte-antes', segundos: 0 } : null),
  juzgar({ envios, consultas }) {
    const found = hit(envios);
    if (!found) return SIN_INTENTO;
    const { primera, repetidas } = found;
    const [second] = repetidas;
    if (!second) return pendiente('La conexión se cortó: falta el nuevo envío.');
    return consultas.some((consulta) => consulta.n < second.n && wouldShow(consulta, primera))
      ? acceptedOnce(envios, primera)
      : fallado(
          'Reenvió sin preguntar antes al historial: si el primero hubiera entrado, sería un doble envío.',
        );
  },
};

export const corteDespues: Escenario = {
  id: 'corte-despues',
  nombre: 'Conexión cortada después de procesar',
  instruccion:
    'Envíe el curso CERT-CORTE-2. El envío queda registrado, pero la conexión se corta antes de la respuesta; deje que su programa lo resuelva.',
  espera: 'Que pregunte al historial, lo encuentre y no lo envíe otra vez.',
  mira: 'Los envíos de CERT-CORTE-2 y las consultas al historial que muestran el cortado.',
  curso: twoStudents('Corte después', 'CERT-CORTE-2', 14),
  falla: (anteriores) => (anteriores.length === 0 ? { tipo: 'corte-despues', segundos: 0 } : null),
  juzgar({ envios, consultas }) {
    const found = hit(envios);
    if (!found) return SIN_INTENTO;
    const { primera, repetidas } = found;
    const [second] = repetidas;
    if (second) return fallado(`La llamada ${second.n} repite un envío que ya estaba registrado.`);
    return consultas.some((consulta) => wouldShow(consulta, primera))
      ? cumplido('Preguntó al historial y no repitió el envío.')
      : pendiente('Falta que pregunte al historial.');
  },
};

/** Whether a question to the history, answered, shows a send if it is there. */
function wouldShow({ n, respuesta, consulta }: Llamada, envio: Llamada): boolean {
  const { codigo_externo, fechaDesde, id_proceso } = consulta;
  if (n <= envio.hasta || respuesta?.historial !== true || id_proceso) return false;
  if (codigo_externo && codigo_externo !== envio.cuerpo?.codigoEnvio) return false;
  return !fechaDesde || fechaDesde <= santiagoDate(new Date(envio.recibida));
}

/** The scenario needs to know how long the kit makes it wait. */
export function respuestaLenta(segundos: number): Escenario {
  return {
    id: 'respuesta-lenta',
    nombre: 'Una respuesta que tarda minutos',
    instruccion: `Envíe el curso CERT-LENTA. La respuesta llega recién a los ${segundos} s.`,
    espera: 'Que espere la respuesta (el Instructivo aconseja hasta 10 minutos) sin cortar ni repetir.',
    mira: 'Los envíos de CERT-LENTA: si la conexión sigue abierta hasta la respuesta y si algo llega dos veces.',
    curso: twoStudents('Respuesta lenta', 'CERT-LENTA', 15),
    falla: (anteriores) => (anteriores.length === 0 ? { tipo: 'demora', segundos } : null),
    juzgar({ envios }) {
      const found = hit(envios);
      if (!found) return SIN_INTENTO;
      const { primera, repetidas } = found;
      if (primera.rendida)
        return fallado(`Cortó a los ${Math.round(primera.segundos)} s, antes de la respuesta.`);
      const [second] = repetidas;
      return second
        ? fallado(`La llamada ${second.n} repite un envío que había sido respondido.`)
        : cumplido(`Esperó ${Math.round(primera.segundos)} s hasta la respuesta.`);
    },
  };
}

function twoStudents(nombre: string, codigo: string, number: number) {
  const state = stateOf(codigo, Object.fromEntries(invented(number, 2).map((rut) => [rut, 30])));
  return courseOf(nombre, codigo, [state]);
}

/** What the call that failed carried is accepted by now, and nothing was taken twice. */
function acceptedOnce(envios: readonly Llamada[], primera: Llamada): Dictamen {
  const refusal = envios.map(refusalOf).find((text) => text !== null);
  if (refusal) return fallado(refusal);
  const again = repeatOfAccepted(envios);
  if (again) return fallado(`La llamada ${again.llamada.n} repite lo que ya había entrado.`);
  const accepted = acceptedIn(envios);
  return recordsOf(primera).every((record) => accepted.has(record))
    ? cumplido('Entró una sola vez.')
    : pendiente('Todavía no entra.');
}
