import type { Inbox, Receipt } from '@puente-sic/sources';
import { CONSOLE, fileDeed } from './accounts/deed.ts';
import { loadSettings } from './config/load.ts';
import type { FuenteSettings, Settings } from './config/settings.ts';
import { Failure } from './failure.ts';
import type { Host } from './host.ts';
import { type PlaceOptions, stateFolder } from './options.ts';

/** Where platforms deliver what they know, to the sources of `tipo: push` in force. */
export interface Entregas {
  admits(clave: string): Promise<boolean>;
  /**
   * Takes a delivery, all of it or nothing; it is on the disk when this resolves. Null: the key is nobody's.
   * @throws Rejection (by its name) with what is wrong, row by row.
   */
  receive(clave: string, entrega: Entrega): Promise<Recibo | null>;
}

export interface Entrega {
  de: 'curso' | 'clics' | 'statements';
  /** Of a course: which. */
  curso: string;
  /** As it came: JSON or, with `lineas`, one JSON in each line. */
  cuerpo: Uint8Array;
  lineas: boolean;
  /** The same twice is once. */
  idempotencyKey?: string;
}

/** `estado: 'retenido'`: kept, and not used until somebody agrees. */
export type Recibo = Receipt & { estado?: string };

type FuentePush = Extract<FuenteSettings, { tipo: 'push' }>;

export function entregasIn(datos: string, clock: () => Date, settings: () => Settings | null): Entregas {
  const fuenteOf = async (clave: string): Promise<FuentePush | null> => {
    const { withInbox } = await import('@puente-sic/sources');
    for (const fuente of pushesOf(settings())) {
      const place = { name: fuente.nombre, stateDir: datos };
      if (await withInbox(place, (inbox) => inbox.admits(clave))) return fuente;
    }
    return null;
  };
  return {
    admits: async (clave) => (await fuenteOf(clave)) !== null,
    async receive(clave, { de, curso, cuerpo, lineas, idempotencyKey }) {
      const fuente = await fuenteOf(clave);
      if (fuente === null) return null;
      const { takeDelivery } = await import('@puente-sic/sources');
      const { nombre, zonaHoraria } = fuente;
      return takeDelivery({
        ...{ name: nombre, stateDir: datos, de, curso, bytes: cuerpo, lines: lineas },
        terms: {
          now: clock(),
          ...(zonaHoraria !== undefined && { zone: zonaHoraria }),
          ...(idempotencyKey !== undefined && { idempotencyKey }),
        },
      });
    },
  };
}

export interface EntregaOptions extends PlaceOptions {
  /** The source; may be left out where there is one. */
  fuente?: string;
}

/** Makes a key that only delivers to one source, and writes that down; it is told here and never again. */
export function createClaveDeEntrega(host: Host, options: EntregaOptions, nombre: string): Promise<string> {
  return asDeed(host, options, (fuente) => ({
    accion: 'clave-de-entrega-creada',
    detalle: `«${nombre}», para la fuente «${fuente}».`,
    work: (inbox) => inbox.createKey(nombre, host.clock()),
  }));
}

/** Takes every key of this name away. False: there was none. */
export function removeClaveDeEntrega(host: Host, options: EntregaOptions, nombre: string): Promise<boolean> {
  return asDeed(host, options, (fuente) => ({
    accion: 'clave-de-entrega-borrada',
    detalle: `«${nombre}», de la fuente «${fuente}».`,
    work: (inbox) => inbox.removeKeys(nombre) > 0,
  }));
}

/** Agrees to what was delivered with far fewer people than before. False: nothing of that course waits. */
export async function acceptEntrega(host: Host, options: EntregaOptions, curso: string): Promise<boolean> {
  const { acceptHeld } = await import('@puente-sic/sources');
  return asDeed(host, options, (fuente) => ({
    accion: 'entrega-aceptada',
    detalle: `Curso «${curso}» de la fuente «${fuente}».`,
    work: (inbox) => acceptHeld(inbox, curso),
  }));
}

interface InboxDeed<T> {
  accion: string;
  detalle: string;
  /** False: nothing was done. */
  work: (inbox: Inbox) => T;
}

async function asDeed<T>(
  { env, clock, onNotice }: Host,
  options: EntregaOptions,
  deedOn: (fuente: string) => InboxDeed<T>,
): Promise<T> {
  const { settings } = await loadSettings({ ...options, needsTokens: false, env });
  const { nombre } = chosen(pushesOf(settings), options.fuente);
  const { openLedger } = await import('@puente-sic/engine');
  const { withInbox } = await import('@puente-sic/sources');
  const datos = stateFolder(options.datos, env);
  const ledger = await openLedger(datos);
  for (const aviso of ledger.avisos) onNotice(aviso);
  try {
    const { accion, detalle, work } = deedOn(nombre);
    return await fileDeed(ledger, CONSOLE, clock, {
      ...{ accion, detalle, outcome: (result: T) => (result === false ? null : detalle) },
      work: () => withInbox({ name: nombre, stateDir: datos }, work),
    });
  } finally {
    await ledger.close();
  }
}

function pushesOf(settings: Settings | null): FuentePush[] {
  return (settings?.fuentes ?? []).filter((fuente) => fuente.tipo === 'push');
}

function chosen(pushes: readonly FuentePush[], nombre: string | undefined): FuentePush {
  const [only, ...others] = pushes.filter((one) => nombre === undefined || one.nombre === nombre);
  if (only === undefined)
    throw new Failure(
      nombre === undefined
        ? 'En puente.yaml no hay ninguna fuente de tipo push.'
        : `En puente.yaml no hay una fuente de tipo push que se llame «${nombre}».`,
      'Agregue a «fuentes» una como { nombre: plataforma, tipo: push }; docs/entregas.md muestra cómo.',
    );
  if (others.length > 0)
    throw new Failure('En puente.yaml hay más de una fuente de tipo push.', 'Diga cuál con --fuente.');
  return only;
}
