import { type Llamada, recordsOf } from '../call.ts';
import { courseOf, invented, stateOf } from '../course.ts';
import { cumplido, type Dictamen, type Escenario, fallado, pendiente, SIN_INTENTO } from '../scenario.ts';

/** Seconds by the kit's clock that a sender must wait at the least before it tries again after a 503. */
const PAUSA_MINIMA = 5;

export const http503: Escenario = {
  id: 'http-503',
  nombre: '503 y después éxito',
  instruccion:
    'Envíe el curso CERT-503. La primera llamada recibe un 503; su programa debe intentarlo de nuevo más tarde.',
  espera: `Que espere (al menos ${PAUSA_MINIMA} s) y vuelva a enviar hasta que entre, una sola vez.`,
  curso: oneStudent('503', 'CERT-503', 12),
  falla: (anteriores) => (anteriores.length === 0 ? { tipo: 'http-503', segundos: 0 } : null),
  juzgar({ envios }) {
    const [first, second] = envios;
    if (!first) return SIN_INTENTO;
    if (!second) return pendiente('Recibió el 503: falta el nuevo intento.');
    const pause = (Date.parse(second.recibida) - Date.parse(first.recibida)) / 1000 - first.segundos;
    if (pause < PAUSA_MINIMA) return fallado('Volvió a llamar enseguida, sin esperar.');
    return acceptedOnce(envios);
  },
};

export const corteAntes: Escenario = {
  id: 'corte-antes',
  nombre: 'Conexión cortada antes de procesar',
  instruccion:
    'Envíe el curso CERT-CORTE-1. La conexión se corta y el envío no llega a registrarse; deje que su programa lo resuelva.',
  espera: 'Que pregunte al historial, vea que no llegó y lo envíe otra vez.',
  curso: oneStudent('Corte antes', 'CERT-CORTE-1', 13),
  falla: (anteriores) => (anteriores.length === 0 ? { tipo: 'corte-antes', segundos: 0 } : null),
  juzgar({ envios, consultas }) {
    const [first, second] = envios;
    if (!first) return SIN_INTENTO;
    if (!second) return pendiente('La conexión se cortó: falta el nuevo envío.');
    return consultas.some(({ n }) => n > first.n && n < second.n)
      ? acceptedOnce(envios)
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
  curso: oneStudent('Corte después', 'CERT-CORTE-2', 14),
  falla: (anteriores) => (anteriores.length === 0 ? { tipo: 'corte-despues', segundos: 0 } : null),
  juzgar({ envios, consultas }) {
    const [first, second] = envios;
    if (!first) return SIN_INTENTO;
    if (second) return fallado(`La llamada ${second.n} repite un envío que ya estaba registrado.`);
    return consultas.some(({ n }) => n > first.n)
      ? cumplido('Preguntó al historial y no repitió el envío.')
      : pendiente('Falta que pregunte al historial.');
  },
};

/** The scenario needs to know how long the kit makes it wait. */
export function respuestaLenta(segundos: number): Escenario {
  return {
    id: 'respuesta-lenta',
    nombre: 'Una respuesta que tarda minutos',
    instruccion: `Envíe el curso CERT-LENTA. La respuesta llega recién a los ${segundos} s.`,
    espera: 'Que espere la respuesta (el Instructivo aconseja hasta 10 minutos) sin cortar ni repetir.',
    curso: oneStudent('Respuesta lenta', 'CERT-LENTA', 15),
    falla: (anteriores) => (anteriores.length === 0 ? { tipo: 'demora', segundos } : null),
    juzgar({ envios }) {
      const [first, second] = envios;
      if (!first) return SIN_INTENTO;
      if (first.rendida)
        return fallado(`Cortó a los ${Math.round(first.segundos)} s, antes de la respuesta.`);
      return second
        ? fallado(`La llamada ${second.n} repite un envío que había sido respondido.`)
        : cumplido(`Esperó ${Math.round(first.segundos)} s hasta la respuesta.`);
    },
  };
}

function oneStudent(nombre: string, codigo: string, number: number) {
  const state = stateOf(codigo, Object.fromEntries(invented(number, 2).map((rut) => [rut, 30])));
  return courseOf(nombre, codigo, [state]);
}

function acceptedOnce(envios: readonly Llamada[]): Dictamen {
  const taken = envios.filter(({ aceptados }) => aceptados.length > 0);
  const [only] = taken;
  if (!only) return pendiente('Todavía no entra.');
  return taken.length === 1 && only.aceptados.length === recordsOf(only).length
    ? cumplido(`Entró una sola vez, en la llamada ${only.n}.`)
    : fallado(taken.length === 1 ? 'Entró una vez, y no completo.' : `Entró ${taken.length} veces.`);
}
