import { Bookmark, Check, CircleHelp, Hand, type LucideIcon, Moon, X } from 'lucide-react';
import type { EstadoDeAlumno } from '../../../src/api.ts';
import { useDecir } from '../gestor.ts';
import { Icono } from './icono.tsx';

const ESTADOS: Record<EstadoDeAlumno, { texto: string; tono: string; icono: LucideIcon }> = {
  rechazado: { texto: 'Rechazado', tono: 'mal', icono: X },
  'sin-enviar': { texto: 'Sin enviar', tono: 'mal', icono: Moon },
  retenido: { texto: 'Retenido', tono: 'espera', icono: Hand },
  'no-se-sabe': { texto: 'No se sabe', tono: 'duda', icono: CircleHelp },
  conocido: { texto: 'Conocido', tono: '', icono: Bookmark },
  'sin-confirmar': { texto: 'Aceptado, sin confirmar', tono: 'mudo', icono: Check },
  'lo-tiene': { texto: 'SENCE lo tiene', tono: 'mudo', icono: Check },
};

/** A state in words. */
export function enEstado(estado: EstadoDeAlumno): string {
  return ESTADOS[estado].texto;
}

/** In the order of what needs somebody most. */
export const ORDEN_DE_ESTADOS = Object.keys(ESTADOS) as EstadoDeAlumno[];

/** Whether somebody waits for it. */
export function isPendiente(estado: EstadoDeAlumno | null): boolean {
  return estado !== null && ORDEN_DE_ESTADOS.indexOf(estado) < ORDEN_DE_ESTADOS.indexOf('conocido');
}

/** Where a student stands: in words, with a drawing and a colour. */
export function SelloDeAlumno({ estado }: { estado: EstadoDeAlumno }) {
  const decir = useDecir();
  const { texto, tono, icono } = ESTADOS[estado];
  return (
    <span className={`sello ${tono}`}>
      <Icono de={icono} />
      {decir(texto)}
    </span>
  );
}
