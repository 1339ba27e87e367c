import { INTERNAL_ADDRESS } from '@puente-sic/protocol';
import type { Canal } from './alerta.ts';

/** Why a channel did not take an alert, in Spanish for who set it up; never with an address or a password. */
export class Undelivered extends Error {
  override readonly name = 'Undelivered';
  /** What to do. */
  readonly todo: string;
  constructor(why: string, todo: string, options?: ErrorOptions) {
    super(why, options);
    this.todo = todo;
  }
}

/** Knows the slips that a mail server's own words do not name: TLS where there is none, none where there is. */
export function undelivered(canal: Canal, cause: unknown): Undelivered {
  const [why, todo] = canal.tipo === 'correo' ? ofMail(canal, cause) : ofWebhook(cause);
  return new Undelivered(why, todo, { cause });
}

type Words = [why: string, todo: string];

function ofMail({ puerto, tls = false }: { puerto: number; tls?: boolean }, cause: unknown): Words {
  const { code, text, status } = factsOf(cause);
  if (/wrong version number|packet length too long|unknown protocol/i.test(text))
    return [
      `en el puerto ${puerto} el servidor de correo no habla TLS desde el comienzo`,
      'Ponga `tls: no`: con el puerto 587 o 25 la conexión se cifra después por sí sola (STARTTLS). `tls: sí` es para el puerto 465.',
    ];
  // The server offers no STARTTLS, or somebody on the way left the offer out.
  if (code === 'ETLS' && !/certificate|altnames|self.signed/i.test(text))
    return [
      `en el puerto ${puerto} el servidor de correo no ofrece cifrado (STARTTLS), y la clave iría a la vista`,
      'Si el servidor tiene el puerto 465, úselo con `tls: sí`. Si no, pida a quien administra el correo que active STARTTLS; un servidor de su oficina que no pide clave se usa sin `usuario`.',
    ];
  if (!tls && /greeting never received/i.test(text))
    return [
      `el servidor de correo no saludó en el puerto ${puerto}`,
      puerto === 465
        ? 'El puerto 465 pide TLS desde el comienzo: ponga `tls: sí`.'
        : 'Revise el servidor y el puerto. Si el puerto pide TLS desde el comienzo, ponga `tls: sí`.',
    ];
  if (/certificate|altnames|self.signed/i.test(text))
    return [
      `el certificado del servidor de correo no es de confianza (${certificateFault(text)})`,
      'Si el servidor es de su empresa y usa un certificado propio, indique el archivo de la autoridad que lo firma en la variable NODE_EXTRA_CA_CERTS y reinicie Puente. Si no, pida a quien administra el correo que lo renueve, o use el nombre de servidor que figura en el certificado.',
    ];
  if (code === 'EAUTH') return ['el servidor de correo no acepta el usuario o la clave', PASSWORD];
  if (status === 530) return ['el servidor de correo pide usuario y clave', PASSWORD];
  if (code === 'EENVELOPE')
    return [
      `el servidor de correo no acepta al remitente o a un destinatario${status === null ? '' : ` (${status})`}`,
      'Revise las direcciones de `de` y `para`: muchos servidores solo envían en nombre de su propio usuario.',
    ];
  if (text.includes(INTERNAL_ADDRESS)) return [`el nombre del servidor de correo ${LEADS_INSIDE}`, INSIDE];
  if (/ENOTFOUND|EAI_AGAIN|EDNS/.test(`${code} ${text}`))
    return [
      'no se encuentra el servidor de correo',
      'Revise el nombre del servidor y la conexión a internet.',
    ];
  if (/ECONNREFUSED/.test(text))
    return [`el servidor de correo no atiende en el puerto ${puerto}`, 'Revise el servidor y el puerto.'];
  return [
    `no se pudo hablar con el servidor de correo${code === '' ? '' : ` (${code})`}`,
    'Revise el servidor, el puerto y que el cortafuegos deje salir esa conexión.',
  ];
}

const LEADS_INSIDE = 'lleva a un servicio interno de la máquina, que no se llama';
const INSIDE =
  'Revise que esté bien escrito. Si lo está, avise a quien administra su red: alguien cambió a dónde lleva ese nombre.';

const PASSWORD =
  'Revise `usuario` y `clave`. Gmail y Microsoft 365 piden una «contraseña de aplicación», distinta de la de la persona.';

function certificateFault(text: string): string {
  if (/expired/i.test(text)) return 'está vencido';
  if (/altnames|hostname/i.test(text)) return 'es de otro nombre de servidor';
  if (/self.signed/i.test(text)) return 'lo firma el propio servidor';
  return 'no se conoce a quien lo firma';
}

function ofWebhook(cause: unknown): Words {
  const { code, text } = factsOf(cause);
  const status = /HTTP (\d{3})/.exec(text)?.[1];
  if (status !== undefined)
    return [
      `el webhook respondió HTTP ${status}`,
      'Copie de nuevo la dirección del webhook y pruebe otra vez.',
    ];
  if (text.includes(INTERNAL_ADDRESS)) return [`el nombre del webhook ${LEADS_INSIDE}`, INSIDE];
  return [
    `no se pudo llegar al webhook${code === '' ? '' : ` (${code})`}`,
    'Revise la dirección del webhook, la conexión a internet y, si su red usa un proxy, HTTPS_PROXY.',
  ];
}

/** Of the innermost error that has a code. */
function factsOf(error: unknown): { code: string; text: string; status: number | null } {
  if (!(error instanceof Error)) return { code: '', text: '', status: null };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const status =
    'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null;
  const inner = factsOf(error.cause);
  return { code: code || inner.code, text: `${error.message} ${inner.text}`, status: status ?? inner.status };
}
