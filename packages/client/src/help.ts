import { SOPORTE_SENCE } from '@puente-sic/protocol';
import type { GestorErrorCode, Operation, Outcome } from './outcome.ts';

/** What a person is told of a failure, in Spanish. */
export interface Help {
  mensaje: string;
  queHacer: string;
}

interface Failure {
  operation: Operation;
  code: GestorErrorCode;
  outcome: Outcome;
  status: number | null;
}

/** The Spanish texts of a failure: what happened, what it means for the data of a send, what to do. */
export function helpFor(failure: Failure): Help {
  const { mensaje, queHacer } = TEXTS[failure.code](failure);
  if (failure.operation === 'historialEnvios') return { mensaje, queHacer };
  switch (failure.outcome) {
    case 'unknown':
      return {
        mensaje: `${mensaje} No se sabe si el envío quedó registrado.`,
        queHacer: `No vuelva a enviar todavía: consulte el historial para saber si el envío quedó registrado. ${queHacer}`,
      };
    case 'refused':
      // A refusal that came back is the service's word, and some record what they refuse: only the history knows.
      return { mensaje: `${mensaje} ${NOT_TAKEN}`, queHacer };
    case 'not-sent':
      return { mensaje: `${mensaje} No se registró nada.`, queHacer };
  }
}

/** Of a call that was answered with a refusal; nobody has looked in the history yet. */
const NOT_TAKEN = 'Según esa respuesta no se registró nada; solo el historial lo confirma.';

const TEXTS: Record<GestorErrorCode, (failure: Failure) => Help> = {
  dns: () => ({
    mensaje:
      'No se encontró el servidor del Gestor Intermedio: su nombre no existe o no hay conexión a internet.',
    queHacer:
      'Revise que la dirección del Gestor esté bien escrita y que este equipo tenga conexión a internet.',
  }),
  'internal-address': () => ({
    mensaje:
      'El nombre del Gestor Intermedio lleva a un servicio interno de la máquina (metadatos de la nube o red local automática), que no se llama.',
    queHacer:
      'Revise que la dirección del Gestor esté bien escrita. Si lo está, avise a quien administra su red: alguien cambió a dónde lleva ese nombre.',
  }),
  'connection-refused': () => ({
    mensaje:
      'El servidor del Gestor Intermedio rechazó la conexión: en esa dirección y puerto no hay un servicio.',
    queHacer:
      'Revise la dirección y el puerto del Gestor. Si son correctos, el servicio está detenido: intente más tarde.',
  }),
  'connect-timeout': () => ({
    mensaje: 'El servidor del Gestor Intermedio no respondió al intentar conectarse.',
    queHacer:
      'Revise la conexión a internet y que el cortafuegos permita salir hacia el Gestor; luego intente de nuevo.',
  }),
  tls: () => ({
    mensaje:
      'No se pudo establecer una conexión segura con el Gestor Intermedio: su certificado no es de confianza o en esa dirección no hay una conexión segura.',
    queHacer:
      'Revise que la dirección empiece con https:// donde corresponde y que la hora del equipo sea la correcta. Si su red revisa las conexiones con un certificado propio, pida a su área de informática que lo agregue a este equipo (variable NODE_EXTRA_CA_CERTS).',
  }),
  proxy: () => ({
    mensaje: 'El proxy de su red no dejó pasar la conexión hacia el Gestor Intermedio.',
    queHacer:
      'Revise las variables HTTPS_PROXY, HTTP_PROXY y NO_PROXY (una dirección como http://proxy.empresa.cl:3128; los proxies SOCKS no sirven), con su usuario y clave si el proxy los pide, y consulte a su área de informática.',
  }),
  network: () => ({
    mensaje: 'No se pudo establecer la conexión con el Gestor Intermedio.',
    queHacer: 'Revise la conexión a internet de este equipo e intente de nuevo.',
  }),
  'connection-lost': () => ({
    mensaje: 'La conexión con el Gestor Intermedio se cortó antes de recibir la respuesta completa.',
    queHacer: 'Si vuelve a ocurrir, revise la estabilidad de su conexión a internet.',
  }),
  timeout: () => ({
    mensaje: 'El Gestor Intermedio no alcanzó a responder en el tiempo de espera.',
    queHacer: 'El servicio puede tardar varios minutos; si vuelve a ocurrir, aumente el tiempo de espera.',
  }),
  aborted: () => ({
    mensaje: 'La operación se canceló.',
    queHacer: 'Vuelva a ejecutarla cuando quiera.',
  }),
  'asked-to-wait': () => ({
    mensaje: 'El Gestor Intermedio pidió esperar antes de recibir otra solicitud, y ese tiempo no ha pasado.',
    queHacer: 'Espere unos minutos e intente de nuevo.',
  }),
  redirected: () => ({
    mensaje: 'El servidor indicó que el Gestor Intermedio está en otra dirección.',
    queHacer: 'Revise la dirección del Gestor: suele faltar https:// o parte de la ruta (/gestor/API).',
  }),
  'http-status': ({ status }) => HTTP[status ?? 0] ?? otherStatus(status),
  'too-large': () => ({
    mensaje: 'La respuesta era demasiado grande para ser del Gestor Intermedio.',
    queHacer: 'Revise la dirección del Gestor. Si es un historial, pida un período más corto (fechaDesde).',
  }),
  unreadable: () => ({
    mensaje: 'Lo que respondió no es el Gestor Intermedio: la respuesta no tiene la forma esperada.',
    queHacer:
      'Revise la dirección del Gestor. Si es correcta, puede ser una página de error o de mantención: intente más tarde.',
  }),
  'not-authenticated': () => ({
    mensaje: 'El Gestor Intermedio no aceptó las credenciales: el RUT de la OTEC o el token no son válidos.',
    queHacer: `Revise el RUT de la OTEC y copie de nuevo el token (en mayúsculas) desde sistemas.sence.cl/rts. Si el problema sigue, escriba a ${SOPORTE_SENCE}.`,
  }),
  'no-token': () => ({
    mensaje: 'No hay token: no se llamó al Gestor Intermedio.',
    queHacer:
      'Ponga el token de la OTEC, que se obtiene en sistemas.sence.cl/rts, por ejemplo en la variable SENCE_TOKEN.',
  }),
  'example-token': () => ({
    mensaje:
      'El token es el de un ejemplo y la dirección es la del servicio oficial: no se llamó al Gestor Intermedio.',
    queHacer:
      'Para enviar de verdad ponga el token de la OTEC (sistemas.sence.cl/rts); para ensayar, la dirección de un Gestor propio (puente gestor sandbox).',
  }),
  'repeated-codigo-envio': () => ({
    mensaje: 'Ese codigoEnvio ya se había enviado: con dos iguales no se sabría de cuál habla el historial.',
    queHacer: 'Use un codigoEnvio distinto para cada envío, también para el mismo curso.',
  }),
};

const HTTP: Record<number, Help> = {
  404: {
    mensaje: 'En esa dirección no está el Gestor Intermedio (error HTTP 404).',
    queHacer: 'Revise la dirección del Gestor: en producción termina en /gestor/API.',
  },
  413: {
    mensaje: 'El servidor no aceptó el envío por su tamaño (error HTTP 413).',
    queHacer: 'Divida el curso en envíos con menos alumnos.',
  },
  429: {
    mensaje: 'El servidor pidió esperar: recibió demasiadas solicitudes (error HTTP 429).',
    queHacer: 'Espere unos minutos e intente de nuevo.',
  },
};

function otherStatus(status: number | null): Help {
  return status !== null && status < 500
    ? {
        mensaje: `El servidor no aceptó la solicitud (error HTTP ${status}).`,
        queHacer: 'Revise la dirección del Gestor y si su red o un cortafuegos bloquea la conexión.',
      }
    : {
        mensaje: `El servidor del Gestor Intermedio tuvo una falla propia (error HTTP ${status}).`,
        queHacer: `Intente más tarde. Si sigue igual, escriba a ${SOPORTE_SENCE}.`,
      };
}
