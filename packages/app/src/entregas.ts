import type {
  ClicksReceipt,
  CourseReceipt,
  DeliveryTerms,
  Inbox,
  StatementsReceipt,
} from '@puente-sic/sources';
import { CONSOLE, deed } from './accounts/deed.ts';
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
  cuerpo: unknown;
  /** The same twice is once. */
  idempotencyKey?: string;
}

/** `estado: 'retenido'`: kept, and not used until somebody agrees. */
export type Recibo = (CourseReceipt | ClicksReceipt | StatementsReceipt) & { estado?: string };

type FuentePush = Extract<FuenteSettings, { tipo: 'push' }>;

export function entregasIn(datos: string, clock: () => Date, settings: () => Settings | null): Entregas {
  const inboxOf = async <T>(
    clave: string,
    work: (inbox: Inbox, fuente: FuentePush) => T | Promise<T>,
  ): Promise<{ result: T } | null> => {
    const { withInbox } = await import('@puente-sic/sources');
    for (const fuente of pushesOf(settings())) {
      const done = await withInbox({ name: fuente.nombre, stateDir: datos }, async (inbox) =>
        inbox.admits(clave) ? { result: await work(inbox, fuente) } : null,
      );
      if (done) return done;
    }
    return null;
  };
  return {
    admits: async (clave) => (await inboxOf(clave, () => true)) !== null,
    async receive(clave, entrega) {
      const done = await inboxOf(clave, (inbox, { zonaHoraria }) =>
        receive(inbox, entrega, {
          now: clock(),
          ...(zonaHoraria !== undefined && { zone: zonaHoraria }),
          ...(entrega.idempotencyKey !== undefined && { idempotencyKey: entrega.idempotencyKey }),
        }),
      );
      return done?.result ?? null;
    },
  };
}

async function receive(inbox: Inbox, { de, curso, cuerpo }: Entrega, terms: DeliveryTerms): Promise<Recibo> {
  const { receiveClicks, receiveCourse, receiveStatements } = await import('@puente-sic/sources');
  if (de === 'curso') return receiveCourse(inbox, curso, cuerpo, terms);
  return de === 'clics' ? receiveClicks(inbox, cuerpo, terms) : receiveStatements(inbox, cuerpo, terms);
}

export interface EntregaOptions extends PlaceOptions {
  /** The source; may be left out where there is one. */
  fuente?: string;
}

/** Makes a key that only delivers to one source, and writes that down; it is told here and never again. */
export function createClaveDeEntrega(host: Host, options: EntregaOptions, nombre: string): Promise<string> {
  return asDeed(host, options, (inbox, fuente) => ({
    result: inbox.createKey(nombre, host.clock()),
    hecho: { accion: 'clave-de-entrega-creada', detalle: `«${nombre}», para la fuente «${fuente}».` },
  }));
}

/** Takes every key of this name away. False: there was none. */
export function removeClaveDeEntrega(host: Host, options: EntregaOptions, nombre: string): Promise<boolean> {
  return asDeed(host, options, (inbox, fuente) => {
    const result = inbox.removeKeys(nombre) > 0;
    const hecho = { accion: 'clave-de-entrega-borrada', detalle: `«${nombre}», de la fuente «${fuente}».` };
    return { result, hecho: result ? hecho : null };
  });
}

/** Agrees to what was delivered with far fewer people than before. False: nothing of that course waits. */
export async function acceptEntrega(host: Host, options: EntregaOptions, curso: string): Promise<boolean> {
  const { acceptHeld } = await import('@puente-sic/sources');
  return asDeed(host, options, (inbox, fuente) => {
    const result = acceptHeld(inbox, curso);
    const hecho = { accion: 'entrega-aceptada', detalle: `Curso «${curso}» de la fuente «${fuente}».` };
    return { result, hecho: result ? hecho : null };
  });
}

type Deed<T> = { result: T; hecho: { accion: string; detalle: string } | null };

async function asDeed<T>(
  { env, clock, onNotice }: Host,
  options: EntregaOptions,
  work: (inbox: Inbox, fuente: string) => Deed<T>,
): Promise<T> {
  const { settings } = await loadSettings({ ...options, needsTokens: false, env });
  const { nombre } = chosen(pushesOf(settings), options.fuente);
  const { openLedger } = await import('@puente-sic/engine');
  const { withInbox } = await import('@puente-sic/sources');
  const datos = stateFolder(options.datos, env);
  const ledger = await openLedger(datos);
  for (const aviso of ledger.avisos) onNotice(aviso);
  try {
    return await deed(ledger, CONSOLE, clock(), () =>
      withInbox({ name: nombre, stateDir: datos }, (inbox) => work(inbox, nombre)),
    );
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
