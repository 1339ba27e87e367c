import type { Cuenta } from '../../../src/api.ts';
import { isTodoBien } from '../alarmas.ts';
import type { Of } from '../api.ts';
import { cuantos, fechaDe, noche as nocheEnPalabras, numero } from '../format.ts';
import { fraseDeHoy } from '../parts/enviado-hoy.ts';

type Proveedor = Of<'hoy'>['proveedores'][number];

/** The answer, in one or two sentences, and what may be said below it. Nothing that was not looked at. */
export interface Frase {
  frase: string;
  bajo: string[];
}

export function fraseDe(proveedor: Proveedor, ahora: string): Frase {
  const { ventana, noche, cuenta } = proveedor;
  const { cursos } = noche;
  const listos = cursos.filter(({ estado }) => estado === 'hecho').length;
  if (ventana.abierta && cursos.length === 0) {
    return {
      frase: 'Comienza el envío de esta noche.',
      bajo: [
        'Buscando cursos. Si en un par de minutos no aparece ninguno, sus planillas o su plataforma no tienen cursos por informar esta noche.',
      ],
    };
  }
  if (isEnviando(proveedor)) {
    return {
      frase: `Enviando. Van ${numero(listos)} de ${cuantos(cursos.length, 'curso')}.`,
      bajo: ['Puede cerrar esta página: el envío sigue.'],
    };
  }
  if (isNuevo(proveedor) && proveedor.nochesPerdidas.length === 0) {
    return {
      frase: 'Esta noche sale su primer envío.',
      bajo: [
        `${cuenta.alumnos === 0 ? '' : `${cuantos(proveedor.cursos.length, 'curso')}, ${cuantos(cuenta.alumnos, 'alumno')}, desde`}${cuenta.alumnos === 0 ? 'Desde' : ''} las ${ventana.desde}. Mañana aquí verá si llegó todo y quién quedó pendiente.`,
      ],
    };
  }
  const llegada = llegadaDe(proveedor, ahora);
  const isBien = isTodoBien(proveedor) && cuenta.pendientes === 0;
  return {
    frase: [isBien ? null : llegada, pendienteDe(cuenta)].filter(Boolean).join(' '),
    bajo: [
      ...(isBien && llegada !== null ? [`${llegada} No hay nada que corregir.`] : []),
      ...(listos > 0 && listos === cursos.length && !ventana.abierta && isAnoche(noche.noche, ahora)
        ? ['SENCE lo pasa a SIC de madrugada; debería verse hoy.']
        : []),
      ...(cuenta.sinConfirmar > 0
        ? [
            `${cuantos(cuenta.sinConfirmar, 'aceptado')}, sin confirmar: se confirma cuando el historial de SENCE los muestre.`,
          ]
        : []),
    ],
  };
}

/** Its night goes out: some of its courses are not done yet. */
export function isEnviando({ ventana, noche: { cursos } }: Proveedor): boolean {
  return ventana.abierta && cursos.some(({ estado }) => estado !== 'hecho');
}

/** Nothing of it has ever been sent: nothing can be said of it either. */
export function isNuevo({ noche, cursos }: Proveedor): boolean {
  return noche.cursos.length === 0 && cursos.every(({ ultima }) => ultima === null);
}

/** What became of the last night; null: none was planned. */
function llegadaDe({ ventana, noche: { noche, cursos } }: Proveedor, ahora: string): string | null {
  if (cursos.length === 0) return null;
  const listos = cursos.filter(({ estado }) => estado === 'hecho').length;
  const perdidos = cursos.filter(({ estado }) => estado === 'perdido').length;
  const cuando = ventana.abierta
    ? 'Esta noche'
    : isAnoche(noche, ahora)
      ? 'Anoche'
      : `La noche del ${nocheEnPalabras(noche)}`;
  if (listos === cursos.length)
    return listos === 1 ? `${cuando} llegó el curso.` : `${cuando} llegaron los ${numero(listos)} cursos.`;
  if (perdidos > 0 && listos === 0) return `${cuando} no se informó.`;
  const parte = `${cuando} llegaron ${numero(listos)} de ${cuantos(cursos.length, 'curso')}`;
  if (perdidos > 0) return `${parte}.`;
  const isEnEspera = cursos.every(({ estado }) => ['hecho', 'incierto', 'enviando'].includes(estado));
  return `${parte}; lo demás ${isEnEspera ? 'espera la respuesta de SENCE' : 'falta por enviar'}.`;
}

function isAnoche(noche: string, ahora: string): boolean {
  return Date.parse(fechaDe(ahora)) - Date.parse(noche) === 86_400_000;
}

export function pendienteDe({ alumnos, pendientes, conocidos, sinConfirmar }: Cuenta): string {
  if (pendientes > 0)
    return `${pendientes === 1 ? 'Hay 1 alumno' : `Hay ${numero(pendientes)} alumnos`} con algo pendiente en SENCE.`;
  const todos = alumnos - conocidos;
  if (todos === 0)
    return conocidos === 0 ? '' : `${cuantos(conocidos, 'caso conocido', 'casos conocidos')}, y nadie más.`;
  const quienes = todos === 1 ? 'al alumno' : `a los ${numero(todos)} alumnos`;
  return `${sinConfirmar === 0 ? 'SENCE tiene' : 'SENCE aceptó'} ${quienes}.`;
}

/** What went out by day already. */
export function yaEnviado({ cursos }: Proveedor): string | null {
  return fraseDeHoy(cursos);
}
