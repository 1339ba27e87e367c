import { CATALOGUE } from '@puente-sic/protocol';
import type { Otec, SendRequest } from './request.ts';

/** What a connection test showed, in words. */
export interface PruebaDeConexion {
  rutOtec: string;
  alcanzado: boolean;
  tokenAceptado: boolean;
  milisegundos: number;
  /** How far this computer's clock is ahead of the service's; null where the service does not tell. */
  relojAdelantadoSegundos: number | null;
  mensaje: string;
  /** Empty where nothing is to be done. */
  queHacer: string;
}

/** Asks the Gestor once whether it can be reached and takes the provider's token. Sends nothing. */
export async function testConnection(
  otec: Otec,
  { clientFor, clock, signal }: Pick<SendRequest, 'clientFor' | 'clock' | 'signal'>,
): Promise<PruebaDeConexion> {
  const test = await clientFor(otec).testConnection({ ...(signal && { signal }) });
  const common = { rutOtec: otec.rut, tokenAceptado: false, relojAdelantadoSegundos: null };
  if (test.kind === 'unreachable') {
    const { status, durationMs, mensaje, queHacer } = test.error;
    const milisegundos = Math.round(durationMs);
    return { ...common, alcanzado: status !== null, milisegundos, mensaje, queHacer };
  }
  const ahead = test.serverDate && Math.round((clock().getTime() - test.serverDate.getTime()) / 1000);
  const reached = {
    ...common,
    alcanzado: true,
    milisegundos: Math.round(test.durationMs),
    relojAdelantadoSegundos: ahead,
  };
  if (test.kind === 'accepted') {
    const mensaje = 'Se llega al Gestor Intermedio y acepta el token.';
    return { ...reached, tokenAceptado: true, mensaje, queHacer: '' };
  }
  const { meaning, fix } = CATALOGUE[test.reason.code === '002' ? '002' : '001'];
  const mensaje = `Se llega al Gestor Intermedio, pero no acepta a la OTEC ${otec.rut}: «${test.reason.message}». ${meaning}`;
  return { ...reached, mensaje: mensaje.trim(), queHacer: fix };
}
