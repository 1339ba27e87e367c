import { santiagoDateTime } from '@puente-sic/protocol';
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
import { currentNight, VENTANA_OFICIAL, type Ventana } from '../window.ts';
import { type Alerta, alertaOf, type Canal, channelName } from './alerta.ts';
import { deliver } from './deliver.ts';
import { patienceEnds } from './patience.ts';
import { chilean, summarise } from './summary.ts';
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
      for (const one of avisar) await summary(one);
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
        titulo: `Noche perdida: ${chilean(noche)}`,
        mensaje: `${which}. Motivo: ${motivo}`,
        queHacer:
          'Si el computador o «puente servir» estaban apagados, déjelos encendidos en la noche; si no, corrija lo que dice el motivo. Puede enviar ahora con «puente enviar»: el avance se informará con la fecha de hoy.',
      });
    }
  }

  async function summary(one: Avisar): Promise<void> {
    const at = one.resumenA === undefined ? RESUMEN_A : one.resumenA;
    const now = clock();
    if (at === null || santiagoDateTime(now).slice(11, 16) < at) return;
    const ventana = one.ventana ?? VENTANA_OFICIAL;
    const night = currentNight(now, ventana);
    const last = await lastNoche(db, one.rutOtec);
    if (now < night.end || last === null || last < night.noche) return;
    const clave = `resumen:${night.noche}`;
    if (await hasAviso(db, one.rutOtec, clave)) return;
    const { personas: _, ...said } = await summarise(
      ledger,
      { rutOtec: one.rutOtec, noche: night.noche, ventana },
      now,
    );
    const cabeza = await auditHead(ledger);
    const mensaje = cabeza.startsWith('0-') ? said.mensaje : `${said.mensaje}\nBitácora: ${cabeza}`;
    await queue(one, { tipo: 'resumen', clave, ...said, mensaje });
  }

  async function queue(
    { rutOtec, otec, canales }: Avisar,
    said: Pick<Alerta, 'tipo' | 'clave' | 'titulo' | 'mensaje' | 'queHacer'>,
    desde: Date | null = null,
  ): Promise<void> {
    const alerta = alertaOf({ ...said, rutOtec, otec, cuando: clock().toISOString() });
    await queueAviso(db, alerta, canales.map(channelName), desde);
  }

  /** Who is missing is named in a person's mail alone, and stands in no queue: erasing a person needs to find it in one place. */
  async function forChannel(alerta: Alerta, { tipo }: Canal): Promise<Alerta> {
    if (tipo !== 'correo' || alerta.tipo !== 'resumen') return alerta;
    const { rutOtec, clave } = alerta;
    const ventana = whom(rutOtec)?.ventana ?? VENTANA_OFICIAL;
    const which = { rutOtec, noche: clave.slice('resumen:'.length), ventana };
    const { personas } = await summarise(ledger, which, clock());
    const { text: _, ...facts } = alerta;
    return personas === '' ? alerta : alertaOf({ ...facts, mensaje: `${facts.mensaje}\n${personas}` });
  }

  /** In their order; what a channel does not take ends its turn. */
  async function deliverAll(canal: Canal, rows: readonly AvisoRow[]): Promise<void> {
    for (const { id, intentos, contenido } of rows) {
      try {
        await deliver(await forChannel(JSON.parse(contenido), canal), canal, clock());
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
