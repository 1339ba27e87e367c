import { INTERNAL_ADDRESS } from '@puente-sic/protocol';
import { SourceError } from '../../source.ts';
import { redirectTarget } from './address.ts';

/** Why a call gave no answer, for a person of the OTEC; `errorcode` for code that can go on without it. */
export class WsError extends SourceError {
  /** Moodle's own code (`nopermissions`); null when Moodle did not get as far as to give one. */
  readonly errorcode: string | null;
  /** The function that was called. */
  readonly wsfunction: string;
  constructor(wsfunction: string, errorcode: string | null, telling: Telling, options?: ErrorOptions) {
    super(telling.kind, telling.message, telling.fix, options);
    this.errorcode = errorcode;
    this.wsfunction = wsfunction;
  }

  /** One course is to blame, not the site: the others may still be read. */
  get ofCourse(): boolean {
    return this.errorcode !== null && this.kind === 'wrong' && OF_COURSE.has(this.errorcode);
  }
}

/** An answer that has not the shape that Moodle documents: something in what was asked for is odd. */
export class WsShapeError extends WsError {
  override get ofCourse(): boolean {
    return true;
  }
}

/** Codes that speak of a course: it is gone, or the user may not enter or look at something in it. */
const OF_COURSE = new Set([
  'errorcoursecontextnotvalid',
  'requireloginerror',
  'invalidrecord',
  'coursehidden',
  'nopermissions',
  'nopermissiontoviewgrades',
  'notingroup',
]);

/** What an error says. */
export interface Telling {
  kind: 'wrong' | 'down';
  message: string;
  fix: string;
}

export const SERVICES = 'Administración del sitio > Servidor > Servicios web';
export const TOKENS = `${SERVICES} > Administrar tokens`;
export const GUIDE = 'Los pasos completos están en `puente moodle permisos`.';
export const RETRY =
  'No hay que hacer nada: el puente vuelve a intentarlo. Si dura, avise a quien administra el Moodle.';

/** An answer that did not come from Moodle's web services: the web server's, a proxy's, or a page. */
export function httpError(
  wsfunction: string,
  site: string,
  status: number,
  location: string | undefined,
  body: string,
): WsError {
  return new WsError(wsfunction, null, tellHttp(site, status, location, body));
}

function tellHttp(site: string, status: number, location: string | undefined, body: string): Telling {
  if (status >= 300 && status < 400) return redirected(redirectTarget(location, site), site);
  if (status === 403 && body.trim() === '') {
    return wrong(
      'El Moodle tiene apagados los servicios web o el protocolo REST.',
      `En Moodle: Administración del sitio > General > Funciones avanzadas > Habilitar servicios web; y después ${SERVICES} > Administrar protocolos > REST. ${GUIDE}`,
    );
  }
  if (status === 401 || status === 403 || status === 406) {
    return wrong(
      `Algo delante del Moodle (cortafuegos, Cloudflare o clave del servidor web) rechazó la consulta (HTTP ${status}).`,
      'Pida a quien administra el servidor que permita, desde la dirección de esta máquina, las consultas POST a /webservice/rest/server.php.',
    );
  }
  if (status === 404 || status === 410) {
    return wrong(
      `En ${site} no hay un Moodle que atienda servicios web (HTTP ${status}).`,
      'Revise `url`: debe ser la dirección con que abre el Moodle, con la carpeta si la tiene (por ejemplo https://www.miotec.cl/moodle).',
    );
  }
  if (status === 429) return down('El servidor del Moodle pide hacer menos consultas (HTTP 429).', RETRY);
  if (status === 503) return down('El Moodle está en mantenimiento o sin capacidad (HTTP 503).', RETRY);
  if (status >= 500) return down(`El servidor del Moodle falló (HTTP ${status}).`, RETRY);
  if (status !== 200) {
    return wrong(
      `El servidor del Moodle respondió HTTP ${status}, que no se esperaba.`,
      `Revise \`url\`. ${GUIDE}`,
    );
  }
  if (/upgrade|actualizaci[oó]n/i.test(body.slice(0, 5000))) {
    return down('El Moodle está a la espera de terminar una actualización.', RETRY);
  }
  return wrong(
    'El Moodle respondió una página o texto en vez de datos.',
    'Revise que `url` sea la dirección del Moodle mismo, no la de un portal o página de ingreso delante de él.',
  );
}

/** The connection itself failed; `proxied`: it goes by a proxy, which may be to blame as well. */
export function networkError(wsfunction: string, site: string, cause: unknown, proxied = false): WsError {
  const { kind, message, fix } = tellNetwork(site, codeOf(cause));
  const telling = proxied
    ? {
        kind,
        message: `${message} La conexión pasa por el proxy de la red, que puede ser el que falla.`,
        fix: `${fix} Revise también HTTPS_PROXY, HTTP_PROXY y NO_PROXY.`,
      }
    : { kind, message, fix };
  return new WsError(wsfunction, null, telling);
}

function tellNetwork(site: string, code: string): Telling {
  if (code === 'ENOTFOUND') {
    return down(
      `No se encuentra el servidor de ${site}.`,
      'Revise que la dirección esté bien escrita y que esta máquina tenga internet.',
    );
  }
  if (code === INTERNAL_ADDRESS) {
    return wrong(
      `El nombre de ${site} lleva a un servicio interno de la máquina (metadatos de la nube o red local automática), que no se llama.`,
      'Revise que `url` esté bien escrita. Si lo está, avise a quien administra su red: alguien cambió a dónde lleva ese nombre.',
    );
  }
  if (code === 'ECONNREFUSED') {
    return down(
      `El servidor de ${site} no acepta conexiones.`,
      'Revise que el Moodle se abra en el navegador y que `url` y su puerto sean los correctos.',
    );
  }
  if (/CERT|SSL|TLS|SIGNATURE/.test(code)) {
    return wrong(
      `El certificado de ${site} no es válido (${code}).`,
      'Pida a quien administra el servidor que renueve o complete el certificado (con la cadena intermedia). No se envía nada mientras no sea seguro.',
    );
  }
  if (/TIMEOUT|Timeout/.test(code)) return down(`El Moodle de ${site} no respondió a tiempo.`, RETRY);
  return down(`Se cortó la conexión con ${site}${code === '' ? '' : ` (${code})`}.`, RETRY);
}

/** The answer has not the shape that Moodle documents. */
export function shapeError(wsfunction: string, detail: string): WsShapeError {
  return new WsShapeError(
    wsfunction,
    null,
    wrong(
      `Moodle respondió a ${wsfunction} de una forma que el puente no conoce (${detail}).`,
      'Puede ser una versión de Moodle muy antigua o un complemento que cambia las respuestas. Avísenos en el proyecto con la versión de su Moodle.',
    ),
  );
}

function redirected(target: string | null, site: string): Telling {
  if (target === null || target === site) {
    return wrong(
      'El Moodle desvía la consulta a otra página.',
      'Revise que `url` sea la dirección del Moodle mismo, con https y con o sin www tal como queda en el navegador.',
    );
  }
  return wrong(
    `El Moodle dice que su dirección es otra: ${target}. No se siguió el desvío, para no entregar el token a un desconocido.`,
    `Si reconoce esa dirección, ponga \`url: ${target}\` en la configuración.`,
  );
}

export function wrong(message: string, fix: string): Telling {
  return { kind: 'wrong', message, fix };
}

export function down(message: string, fix: string): Telling {
  return { kind: 'down', message, fix };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'TimeoutError' ? 'TIMEOUT' : codeOf(error.cause);
}
