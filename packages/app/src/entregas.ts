import type { Ledger } from '@puente-sic/engine';
import { formatRut, readRut } from '@puente-sic/protocol';
import type { Inbox, Receipt } from '@puente-sic/sources';
import { CONSOLE, fileDeed } from './accounts/deed.ts';
import { loadSettings } from './config/load.ts';
import type { Settings } from './config/settings.ts';
import { Failure } from './failure.ts';
import type { Host } from './host.ts';
import { type PlaceOptions, stateFolder } from './options.ts';
import { coursesOf, type FuentePush, isCourseOf, otecOf, pushesOf } from './push-courses.ts';
import { type Resultado, resultadosOf } from './resultado.ts';

/** Where platforms deliver what they know, to the sources of `tipo: push` in force. */
export interface Entregas {
  admits(clave: string): Promise<boolean>;
  /**
   * What became of a course at SENCE, for its platform. Null: the key is nobody's; `result` null: the course was never
   * delivered.
   * @throws Rejection where the course is of another OTEC.
   */
  result(clave: string, curso: string): Promise<{ result: Resultado | null } | null>;
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

export interface EntregasGround {
  /** The state folder. */
  datos: string;
  clock: () => Date;
  settings: () => Settings | null;
  ledger: () => Ledger;
}

export function entregasIn({ datos, clock, settings, ledger }: EntregasGround): Entregas {
  const inboxOf = async <T>(
    clave: string,
    work: (inbox: Inbox, holder: Holder) => T | Promise<T>,
  ): Promise<{ result: T } | null> => {
    const { withInbox } = await import('@puente-sic/sources');
    const inForce = settings();
    for (const fuente of pushesOf(inForce)) {
      const done = await withInbox({ name: fuente.nombre, stateDir: datos }, async (inbox) => {
        const key = inbox.holder(clave);
        if (key === null || inForce === null) return null;
        return { result: await work(inbox, { fuente, otec: otecOf(key, inForce), settings: inForce }) };
      });
      if (done) return done;
    }
    return null;
  };
  return {
    admits: async (clave) => (await inboxOf(clave, () => true)) !== null,
    async receive(clave, { de, curso, cuerpo, lineas, idempotencyKey }) {
      const holder = (await inboxOf(clave, (_, own) => own))?.result;
      if (holder === undefined) return null;
      const { takeDelivery } = await import('@puente-sic/sources');
      const { nombre, zonaHoraria } = holder.fuente;
      return takeDelivery({
        ...{ name: nombre, stateDir: datos, de, curso, bytes: cuerpo, lines: lineas },
        terms: {
          now: clock(),
          cursos: coursesOf(holder.otec, nombre, holder.settings),
          ...(zonaHoraria !== undefined && { zone: zonaHoraria }),
          ...(idempotencyKey !== undefined && { idempotencyKey }),
        },
      });
    },
    async result(clave, curso) {
      const { ofOtherOtec } = await import('@puente-sic/sources');
      return inboxOf(clave, async (inbox, { fuente, otec, settings }) => {
        if (otec === null || !isCourseOf(otec, fuente.nombre, curso, settings)) throw ofOtherOtec([curso]);
        const asked = { ledger: ledger(), rutOtec: otec, fuente, settings, now: clock() };
        const [found = null] = await resultadosOf(inbox, [curso], asked);
        return found;
      });
    },
  };
}

/** Who a key is of. */
interface Holder {
  fuente: FuentePush;
  /** Null: it says none, and there are several. */
  otec: string | null;
  settings: Settings;
}

export interface EntregaOptions extends PlaceOptions {
  /** The source; may be left out where there is one. */
  fuente?: string;
}

export interface ClaveDeEntregaOptions extends EntregaOptions {
  /** The OTEC whose courses it serves; may be left out where there is one. */
  rutOtec?: string;
}

/**
 * Makes a key that only serves one source and the courses of one OTEC, and writes that down; it is told here and never
 * again.
 */
export function createClaveDeEntrega(
  host: Host,
  options: ClaveDeEntregaOptions,
  nombre: string,
): Promise<string> {
  return asDeed(host, options, (fuente, settings) => {
    const otec = chosenOtec(settings, options.rutOtec);
    return {
      accion: 'clave-de-entrega-creada',
      detalle: `«${nombre}», para la fuente «${fuente}» y la OTEC ${otec}.`,
      work: (inbox) => inbox.createKey(nombre, otec, host.clock()),
    };
  });
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
  deedOn: (fuente: string, settings: Settings) => InboxDeed<T>,
): Promise<T> {
  const { settings } = await loadSettings({ ...options, needsTokens: false, env });
  const { nombre } = chosen(pushesOf(settings), options.fuente);
  const { openLedger } = await import('@puente-sic/engine');
  const { withInbox } = await import('@puente-sic/sources');
  const datos = stateFolder(options.datos, env);
  const ledger = await openLedger(datos);
  for (const aviso of ledger.avisos) onNotice(aviso);
  try {
    const { accion, detalle, work } = deedOn(nombre, settings);
    return await fileDeed(ledger, CONSOLE, clock, {
      ...{ accion, detalle, outcome: (result: T) => (result === false ? null : detalle) },
      work: () => withInbox({ name: nombre, stateDir: datos }, work),
    });
  } finally {
    await ledger.close();
  }
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

function chosenOtec({ otecs }: Settings, wanted: string | undefined): string {
  const rut = wanted === undefined ? null : readRut(wanted);
  const given = rut === null ? wanted : formatRut(rut);
  const [only, ...others] = otecs.filter((otec) => given === undefined || otec.rut === given);
  if (only === undefined)
    throw new Failure(
      given === undefined
        ? 'En puente.yaml no hay ninguna OTEC.'
        : `En puente.yaml no está la OTEC ${given}.`,
      'Agréguela a «otecs», o revise el RUT.',
    );
  if (others.length > 0)
    throw new Failure(
      'En puente.yaml hay más de una OTEC, y cada clave de entrega es de una.',
      'Diga cuál con --rut-otec.',
    );
  return only.rut;
}
