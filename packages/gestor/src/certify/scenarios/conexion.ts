import { ID_SISTEMA } from '@puente-sic/protocol';
import type { Llamada } from '../call.ts';
import { OTEC_KIT } from '../otec.ts';
import { cumplido, type Escenario, fallado, pendiente, SIN_INTENTO } from '../scenario.ts';

/** Questions with a refused token that a program may ask: its tests and a night's; more is to insist. */
const MAX_CONSULTAS_MALAS = 10;

export const tokenMalo: Escenario = {
  id: 'token-malo',
  nombre: 'Prueba de conexión con un token malo',
  instruccion:
    'Configure el «token malo» de la hoja y haga la prueba de conexión (GET historialEnvios). Después deje que su programa corra como en una noche cualquiera.',
  espera: `Que consulte, reconozca «Token invalido» (viene con HTTP 200) y no insista: a lo más un envío y ${MAX_CONSULTAS_MALAS} consultas con ese token.`,
  mira: 'Todas las llamadas que traen el token malo.',
  juzgar({ todas }) {
    const conMalo = todas.filter(({ token }) => token === 'de-prueba-malo');
    const envios = conMalo.filter(({ endpoint }) => endpoint === 'enviarAvance');
    const consultas = conMalo.filter(({ endpoint }) => endpoint === 'historialEnvios');
    const insistencia = envios[1];
    if (insistencia)
      return fallado(`En la llamada ${insistencia.n} volvió a enviar avance con el token malo.`);
    if (consultas.length > MAX_CONSULTAS_MALAS)
      return fallado(`Consultó ${consultas.length} veces con un token que ya se le había rechazado.`);
    const [consulta] = consultas;
    if (consulta) return cumplido(`Consultó con el token malo (llamada ${consulta.n}) y no insistió.`);
    return envios.length === 0
      ? SIN_INTENTO
      : pendiente('Falta ver la consulta al historial con el token malo.');
  },
};

export const tokenBueno: Escenario = {
  id: 'token-bueno',
  nombre: 'Prueba de conexión con el token correcto',
  instruccion: 'Configure el token correcto de la hoja y haga la prueba de conexión (GET historialEnvios).',
  espera: `Una consulta con rutOtec ${OTEC_KIT.rut}, idSistema ${ID_SISTEMA} y el token, que el servicio responde con el historial.`,
  mira: 'Toda llamada, consulta o envío, que trae el token correcto: su rutOtec y su idSistema.',
  juzgar({ todas, consultas }) {
    const own = todas.filter(({ token }) => token === 'correcto');
    const wrong = own.map(wrongIdentity).find((text) => text !== null);
    if (wrong) return fallado(wrong);
    const buena = consultas.find(({ token, respuesta }) => token === 'correcto' && respuesta?.historial);
    if (buena) return cumplido(`Consultó bien en la llamada ${buena.n}.`);
    return own.length === 0 ? SIN_INTENTO : pendiente('Falta ver la consulta al historial.');
  },
};

/** What of who sends is not the sheet's; null where all is, or where nothing could be read. */
function wrongIdentity({ n, endpoint, cuerpo, consulta }: Llamada): string | null {
  const sent = endpoint === 'enviarAvance' ? cuerpo : consulta;
  if (!sent) return null;
  const { rutOtec, idSistema } = sent;
  if (String(rutOtec).toUpperCase() !== OTEC_KIT.rut)
    return `La llamada ${n} trae el token correcto con un rutOtec que no es el suyo: ${shown(rutOtec)}; es ${OTEC_KIT.rut}, sin puntos.`;
  return Number(idSistema) === ID_SISTEMA
    ? null
    : `La llamada ${n} trae idSistema ${shown(idSistema)}; siempre es ${ID_SISTEMA}.`;
}

function shown(value: unknown): string {
  return value === undefined ? 'no viene' : JSON.stringify(value).slice(0, 40);
}

export const tokenMayusculas: Escenario = {
  id: 'token-mayusculas',
  nombre: 'Token en mayúsculas',
  instruccion:
    'La hoja muestra el token en minúsculas, como a veces se copia. Péguelo tal cual en su programa y envíe cualquier curso.',
  espera: 'Que el token llegue todo en mayúsculas (capacitación, pregunta 15).',
  mira: 'El token de todas las llamadas.',
  juzgar({ todas }) {
    const baja = todas.find(({ token }) => token === 'en-minusculas');
    if (baja) return fallado(`En la llamada ${baja.n} el token llegó en minúsculas.`);
    const alta = todas.find(({ token, endpoint }) => token === 'correcto' && endpoint === 'enviarAvance');
    if (alta) return cumplido(`El token llegó en mayúsculas (llamada ${alta.n}).`);
    return todas.length === 0 ? SIN_INTENTO : pendiente('Falta ver un envío con el token de la hoja.');
  },
};
