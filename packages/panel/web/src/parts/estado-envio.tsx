import type { EnvioLinea } from '../../../src/api.ts';

const ESTADOS: Record<EnvioLinea['estado'], { texto: string; tono: string }> = {
  preparado: { texto: 'Por enviar', tono: '' },
  enviando: { texto: 'Enviando', tono: 'espera' },
  aceptado: { texto: 'Aceptado', tono: 'bien' },
  parcial: { texto: 'Aceptado en parte', tono: 'espera' },
  rechazado: { texto: 'Rechazado', tono: 'mal' },
  incierto: { texto: 'Sin respuesta', tono: 'espera' },
  'no-enviado': { texto: 'No llegó', tono: 'mal' },
};

export function EstadoEnvio({ estado }: { estado: EnvioLinea['estado'] }) {
  const { texto, tono } = ESTADOS[estado];
  return <span className={`sello ${tono}`}>{texto}</span>;
}
