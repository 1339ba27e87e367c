import { CATALOGUE, santiagoDateTime } from '@puente-sic/protocol';
import { CAUSES_OF_001 } from '../views/problem-words.ts';
import { amount, counted } from '../words.ts';
import type { Alerta } from './alerta.ts';
import { type Carta, EN_BLANCO, type Fila } from './carta.ts';
import type { NightFacts } from './night-facts.ts';

/** SENCE takes no call of the provider: who reads it must act before the window. */
export function tokenLetter(
  { otec, rutOtec, cuando, queHacer, mensaje }: Alerta,
  { cuenta, cursosInformados, ventana }: Pick<NightFacts, 'cuenta' | 'cursosInformados' | 'ventana'>,
): Carta {
  const at = santiagoDateTime(new Date(cuando)).slice(11, 16);
  const isInside = at >= ventana.desde;
  const courses = cursosInformados === 1 ? 'su curso' : `sus ${amount(cursosInformados)} cursos`;
  const what = `${courses} (${counted(cuenta.alumnos, 'alumno')})`;
  // 002 is SENCE's own failure: nothing of the provider's is to be changed.
  if (queHacer === CATALOGUE['002'].fix)
    return {
      ...EN_BLANCO,
      asunto: 'SENCE no pudo comprobar la clave: una falla de SENCE',
      titulo: `SENCE no pudo comprobar la clave de ${otec}.`,
      bajo: `${mensaje} Puente lo sigue intentando.`,
      partes: [{ titulo: 'Qué hacer', texto: queHacer }],
    };
  return {
    ...EN_BLANCO,
    asunto: 'SENCE no acepta el token: esta noche no se podrá informar',
    franja: `Hay que actuar antes de las ${isInside ? ventana.hasta : ventana.desde}`,
    titulo: `SENCE no acepta el token de ${otec}.`,
    bajo: `Lo probamos hoy a las ${at}. Mientras no se arregle, ${what} no se ${cursosInformados === 1 ? 'puede' : 'pueden'} informar. ${CAUSES_OF_001}`,
    filas: [
      step(1, 'Entre a sistemas.sence.cl/rts y copie el token completo.', ''),
      step(
        2,
        'Péguelo en Puente: se prueba ahí mismo, sin enviar nada.',
        'Si tampoco se acepta, revise el RUT de la OTEC en Ajustes y pregunte a SENCE si la OTEC está vigente.',
      ),
    ],
    boton: { texto: 'Pegar el token nuevo', ruta: `/ajustes?token=${rutOtec}` },
    bajoBoton: 'No responda este correo con el token: nadie más debe verlo.',
  };
}

function step(cuantos: number, titulo: string, detalle: string): Fila {
  return { ...{ cuantos, titulo, detalle }, tono: 'espera', quienes: [] };
}
