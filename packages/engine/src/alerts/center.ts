import { mask, santiagoDateTime } from '@puente-sic/protocol';
import { auditHead } from '../ledger/audit-chain.ts';
import {
  type AvisoRow,
  changeCondicion,
  dropUntold,
  hasAviso,
  queueAviso,
  updateAviso,
  waitingAvisos,
} from '../ledger/avisos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { lastNoche } from '../ledger/noches.ts';
import { pauseAfter } from '../serve/pauses.ts';
import type { ServeEvent } from '../serve/types.ts';
import { closing } from '../views/closing.ts';
import { keptDecisions } from '../views/decisions-told.ts';
import { currentNight, VENTANA_OFICIAL, type Ventana } from '../window.ts';
import { weekdayOf } from '../words.ts';
import { type Alerta, alertaOf, type Canal, channelName, receives } from './alerta.ts';
import type { Carta } from './carta.ts';
import { mail, post } from './deliver.ts';
import { letterOf, written } from './letter.ts';
import { mondayLetter } from './monday.ts';
import { morningLetter } from './morning.ts';
import { type NightFacts, nightFacts } from './night-facts.ts';
import { patienceEnds } from './patience.ts';
import { conditionTitle } from './title.ts';

/** Whom to tell about one provider. */
export interface Avisar {
  rutOtec: string;
  /** As people call the provider. */
  otec: string;
  canales: Canal[];
  ventana?: Ventana;
  /** When the morning summary goes out, `HH:MM` in Santiago; {@link RESUMEN_A} when left out, none when null. */
  resumenA?: string | null;
  /** Where browsers find the panel; null or left out: mails have no links. */
  panel?: string | null;
  /** The Gestor is not the official one: nothing reaches SENCE, and every mail says so. */
  ensayo?: boolean;
}

export interface AlertCenter {
  /**
   * Takes an event of the service: a change of state becomes an alert, a repetition does not, nor does what ends by
   * itself within {@link patienceEnds}. Resolves when it stands in the ledger.
   */
  take(event: ServeEvent): Promise<void>;
  /** The summary when its time has come, then everything that waits. What a channel does not take is tried again. */
  tick(): Promise<void>;
}

export const RESUMEN_A = '08:00';

export function alertCenter({
  ledger,
  clock,
  avisar,
  onFailure,
}: {
  ledger: Ledger;
  clock: () => Date;
  avisar: Avisar[];
  /** A channel did not take an alert; for the log. */
  onFailure?: (canal: string, error: unknown) => void;
}): AlertCenter {
  const { db } = ledger;
  let writing: Promise<void> = Promise.resolve();
  const whom = (rutOtec: string) => avisar.find((one) => one.rutOtec === rutOtec);

  return {
    take(event) {
      writing = writing.then(() => note(event));
      return writing;
    },
    async tick() {
      await writing;
      for (const one of avisar) {
        await summary(one);
        await monday(one);
      }
      const waiting = await waitingAvisos(db, clock());
      // No channel waits for another, and no provider for one whose channel is dead.
      const channels = avisar.flatMap(({ rutOtec, canales }) => canales.map((canal) => ({ rutOtec, canal })));
      await Promise.all(
        channels.map(({ rutOtec, canal }) =>
          deliverAll(
            canal,
            waiting.filter((row) => row.rutOtec === rutOtec && row.canal === channelName(canal)),
          ),
        ),
      );
    },
  };

  async function note(event: ServeEvent): Promise<void> {
    const one = whom(event.rutOtec);
    if (one === undefined) return;
    if (event.kind === 'condition') {
      const { rutOtec, clave, mal, mensaje, queHacer } = event;
      if (!(await changeCondicion(db, { rutOtec, clave, mal: mal ? 1 : 0, mensaje, queHacer }, clock())))
        return;
      const said = { clave, titulo: conditionTitle(clave, mal), mensaje, queHacer };
      if (mal) {
        const desde = patienceEnds(clave, clock(), one.ventana ?? VENTANA_OFICIAL);
        return queue(one, { tipo: 'problema', ...said }, desde);
      }
      // Who was not told of the trouble hears nothing of its end.
      const untold = await dropUntold(db, { rutOtec, claves: [clave] }, clock());
      const canales = one.canales.filter((canal) => !untold.includes(channelName(canal)));
      await queue({ ...one, canales }, { tipo: 'resuelto', ...said });
    }
    if (event.kind === 'lost') {
      const { noche, cursos, motivo } = event;
      const which = cursos.length === 0 ? 'No se envió ningún curso' : `No se enviaron: ${cursos.join(', ')}`;
      await queue(one, {
        tipo: 'noche-perdida',
        clave: `noche:${noche}`,
        titulo: `Noche perdida: ${weekdayOf(noche)}`,
        mensaje: `${which}. Motivo: ${motivo}`,
        queHacer:
          'Si el computador o el servicio de Puente estaban apagados, déjelos encendidos en la noche; si no, corrija lo que dice el motivo. Puede enviarlo ahora desde el panel: el avance se informará con la fecha de hoy.',
      });
    }
  }

  async function summary(one: Avisar): Promise<void> {
    const at = one.resumenA === undefined ? RESUMEN_A : one.resumenA;
    const now = clock();
    if (at === null || santiagoDateTime(now).slice(11, 16) < at) return;
    if (!one.canales.some((canal) => receives(canal, 'resumen'))) return;
    const ventana = one.ventana ?? VENTANA_OFICIAL;
    const night = currentNight(now, ventana);
    const last = await lastNoche(db, one.rutOtec);
    if (now < night.end || last === null || last < night.noche) return;
    const clave = `resumen:${night.noche}`;
    if (await hasAviso(db, one.rutOtec, clave)) return;
    const which = { rutOtec: one.rutOtec, noche: night.noche, ventana };
    const said = withoutNames(await nightFacts(ledger, which, now));
    const cabeza = await auditHead(ledger);
    const mensaje = cabeza.startsWith('0-') ? said.mensaje : `${said.mensaje}\nBitácora: ${cabeza}`;
    await queue(one, { tipo: 'resumen', clave, ...said, mensaje });
  }

  /** Once a week, for who answers for the courses; nothing where no course is to be closed. */
  async function monday(one: Avisar): Promise<void> {
    const at = one.resumenA === undefined ? RESUMEN_A : one.resumenA;
    const now = clock();
    const [today = '', time = ''] = santiagoDateTime(now).split(' ');
    if (at === null || time.slice(0, 5) < at || new Date(`${today}T12:00:00Z`).getUTCDay() !== 1) return;
    if (!one.canales.some((canal) => receives(canal, 'cierre'))) return;
    const { rutOtec, ventana = VENTANA_OFICIAL } = one;
    const clave = `cierre:${today}`;
    if (await hasAviso(db, rutOtec, clave)) return;
    const carta = mondayLetter(
      await closing(ledger, { rutOtec, ventana }, now),
      await keptDecisions(ledger, rutOtec),
      false,
    );
    if (carta !== null) await queue(one, { tipo: 'cierre', clave, ...asAlert(carta) });
  }

  async function queue(
    { rutOtec, otec, canales }: Avisar,
    said: Pick<Alerta, 'tipo' | 'clave' | 'titulo' | 'mensaje' | 'queHacer'>,
    desde: Date | null = null,
  ): Promise<void> {
    const alerta = alertaOf({ ...said, rutOtec, otec, cuando: clock().toISOString() });
    const whomToTell = canales.filter((canal) => receives(canal, said.tipo));
    await queueAviso(db, alerta, whomToTell.map(channelName), desde);
  }

  async function deliverTo(canal: Canal, alerta: Alerta): Promise<void> {
    const now = clock();
    if (canal.tipo === 'webhook') return post(alerta, canal, now);
    const { ventana = VENTANA_OFICIAL, ensayo = false, panel = null } = whom(alerta.rutOtec) ?? {};
    const carta = await letterOf(alerta, { ventana, ensayo }, ledger, now);
    const isOneOfMany = avisar.length > 1;
    const asunto = isOneOfMany ? `${carta.asunto} — ${alerta.otec}` : carta.asunto;
    await mail(written({ ...carta, asunto }, { otec: alerta.otec, panel }), canal);
  }

  /** In their order; what a channel does not take ends its turn. */
  async function deliverAll(canal: Canal, rows: readonly AvisoRow[]): Promise<void> {
    for (const { id, intentos, contenido } of rows) {
      try {
        await deliverTo(canal, JSON.parse(contenido));
        await updateAviso(db, id, { enviado: clock().toISOString() });
      } catch (error) {
        // Any failure of a channel is the channel's: the alert waits for the next try.
        onFailure?.(channelName(canal), error);
        const next = new Date(clock().getTime() + pauseAfter(intentos + 1)).toISOString();
        return updateAviso(db, id, { intentos: intentos + 1, desde: next });
      }
    }
  }
}

/** What a webhook gets of a night: how many, and never who. */
function withoutNames(facts: NightFacts): Pick<Alerta, 'titulo' | 'mensaje' | 'queHacer'> {
  return asAlert(morningLetter(facts, false));
}

function asAlert({
  asunto,
  titulo,
  bajo,
  filas,
  boton,
}: Carta): Pick<Alerta, 'titulo' | 'mensaje' | 'queHacer'> {
  const lines = filas.flatMap(({ cuantos, titulo: head, quienes, detalle }) => [
    [cuantos === null ? head : `${cuantos}: ${head}`, quienes.join('; ')].filter(Boolean).join('. '),
    detalle,
  ]);
  const mensaje = [`${titulo} ${bajo}`.trim(), ...lines.filter((line) => line !== '')].join('\n');
  return {
    titulo: asunto,
    mensaje: mask(mensaje),
    queHacer: boton === null ? '' : `${boton.texto} en Puente.`,
  };
}
