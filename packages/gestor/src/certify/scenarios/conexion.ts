import { cumplido, type Escenario, fallado, pendiente, SIN_INTENTO } from '../scenario.ts';

export const tokenMalo: Escenario = {
  id: 'token-malo',
  nombre: 'Prueba de conexión con un token malo',
  instruccion:
    'Configure el «token malo» de la hoja y haga la prueba de conexión (GET historialEnvios). Después deje que su programa corra como en una noche cualquiera.',
  espera:
    'Que consulte, reconozca «Token invalido» (viene con HTTP 200) y no insista: a lo más un envío con ese token.',
  juzgar({ todas }) {
    const conMalo = todas.filter(({ token }) => token === 'de-prueba-malo');
    const envios = conMalo.filter(({ endpoint }) => endpoint === 'enviarAvance');
    const insistencia = envios[1];
    if (insistencia)
      return fallado(`En la llamada ${insistencia.n} volvió a enviar avance con el token malo.`);
    const consulta = conMalo.find(({ endpoint }) => endpoint === 'historialEnvios');
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
  espera: 'Una consulta con rutOtec, idSistema 1350 y el token.',
  juzgar({ consultas }) {
    const buena = consultas.find(({ token }) => token === 'correcto');
    return buena ? cumplido(`Consultó bien en la llamada ${buena.n}.`) : SIN_INTENTO;
  },
};

export const tokenMayusculas: Escenario = {
  id: 'token-mayusculas',
  nombre: 'Token en mayúsculas',
  instruccion:
    'La hoja muestra el token en minúsculas, como a veces se copia. Péguelo tal cual en su programa y envíe cualquier curso.',
  espera: 'Que el token llegue todo en mayúsculas (capacitación, pregunta 15).',
  juzgar({ todas }) {
    const baja = todas.find(({ token }) => token === 'en-minusculas');
    if (baja) return fallado(`En la llamada ${baja.n} el token llegó en minúsculas.`);
    const alta = todas.find(({ token, endpoint }) => token === 'correcto' && endpoint === 'enviarAvance');
    if (alta) return cumplido(`El token llegó en mayúsculas (llamada ${alta.n}).`);
    return todas.length === 0 ? SIN_INTENTO : pendiente('Falta ver un envío con el token de la hoja.');
  },
};
