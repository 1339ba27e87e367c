import type { Cuenta } from '../../../src/api.ts';
import { cuantos, numero } from '../format.ts';
import { Reparto } from '../parts/reparto.tsx';

/** The answer in one sentence, and the bar that adds up to it. */
export function CuentaDeAlumnos({ cuenta }: { cuenta: Cuenta }) {
  if (cuenta.alumnos === 0) return null;
  return (
    <div className="tarjeta">
      <strong>{fraseDe(cuenta)}</strong>
      <Reparto cuenta={cuenta} />
    </div>
  );
}

function fraseDe({ alumnos, pendientes, conocidos, sinConfirmar }: Cuenta): string {
  if (pendientes > 0) {
    return `${pendientes === 1 ? 'Hay 1 alumno' : `Hay ${numero(pendientes)} alumnos`} con algo pendiente en SENCE, de ${numero(alumnos)}.`;
  }
  const todos = alumnos - conocidos;
  if (todos === 0) return `${cuantos(conocidos, 'caso conocido', 'casos conocidos')}, y nadie más.`;
  const quienes = todos === 1 ? 'al alumno' : `a los ${numero(todos)} alumnos`;
  return sinConfirmar === 0
    ? `SENCE tiene ${quienes}.`
    : `SENCE aceptó ${quienes}. Se confirma cuando su historial los muestre.`;
}
