import { amount, counted, weekdayOf } from '../words.ts';
import { type Carta, EN_BLANCO, type Fila } from './carta.ts';
import { lostRow } from './morning.ts';
import type { NightFacts } from './night-facts.ts';

/** A night that was lost, wholly or in part; what has been sent since is said. */
export function lostNightLetter(facts: NightFacts): Carta {
  const { noche, perdidos, cursos, cuenta, isToday, ventana, recuperados } = facts;
  const when = isToday ? 'Anoche' : `La noche del ${weekdayOf(noche)}`;
  const isWhole = perdidos.length >= cursos.total - recuperados.length && cursos.llegaron === 0;
  const waiting = `${counted(cuenta.pendientes, 'alumno')} con algo pendiente en SENCE`;
  const isOff = perdidos.some(({ apagado }) => apagado);
  const [only] = perdidos;
  const isOneForAll = isWhole && perdidos.length === 1;
  if (perdidos.length === 0) return recovered(facts, when);
  return {
    ...EN_BLANCO,
    asunto: isWhole
      ? `${when} no se informó: ${waiting}`
      : `${when} quedaron sin informar ${amount(perdidos.length)} de ${counted(cursos.total, 'curso')}: ${waiting}`,
    franja: `Noche perdida: ${weekdayOf(noche)}`,
    titulo: isWhole
      ? `${when} no se pudo informar ningún curso.`
      : `${when} ${perdidos.length === 1 ? 'quedó sin informar 1 curso' : `quedaron sin informar ${amount(perdidos.length)} cursos`} de ${amount(cursos.total)}.`,
    bajo: isOneForAll ? (only?.motivo ?? '') : '',
    filas: [
      ...(isOneForAll ? [] : perdidos.map(lostRow)),
      step(
        'Qué hacer ahora',
        `Sale solo esta noche, desde las ${ventana.desde}, si lo que lo impidió está arreglado. Si lo quiere enviar antes, puede hacerlo desde Puente: el avance se informará con la fecha de hoy. SENCE pide informar entre las 22:00 y las 00:00.`,
      ),
      ...(isOff
        ? [
            step(
              'Para que no se repita',
              `Deje encendido el computador de Puente entre las ${ventana.desde} y las ${ventana.hasta}, sin suspensión.`,
            ),
          ]
        : []),
    ],
    boton: { texto: 'Ver y enviar lo que faltó', ruta: '/' },
  };
}

function recovered({ noche }: NightFacts, when: string): Carta {
  return {
    ...EN_BLANCO,
    asunto: `${when} no se informó a tiempo, y ya se envió`,
    titulo: `Lo de la noche del ${weekdayOf(noche)} ya se envió.`,
    bajo: 'No se pudo informar dentro de la ventana; se envió después y SENCE lo aceptó. No hay que hacer nada.',
  };
}

function step(titulo: string, detalle: string): Fila {
  return { ...{ titulo, detalle }, cuantos: null, tono: 'espera', quienes: [] };
}
