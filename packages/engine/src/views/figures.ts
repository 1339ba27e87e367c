import type { Ledger } from '../ledger/ledger.ts';
import type { EstadoEnvio, NocheTable } from '../ledger/tables.ts';

/** The ledger in figures, for a monitor: of all providers together, nothing of persons. */
export interface Figures {
  /** Courses × nights by what became of them, since the ledger began. */
  noches: Record<NocheTable['estado'], number>;
  /** Calls by their state, docs/estados.md. */
  envios: Partial<Record<EstadoEnvio, number>>;
  /** Student × module records that SENCE accepted and refused. */
  aceptados: number;
  rechazados: number;
  /** Refused or held, and not yet put right. */
  erroresAbiertos: number;
  /** When SENCE last accepted something; null: never. */
  ultimoAceptado: Date | null;
}

export async function figures({ db }: Ledger): Promise<Figures> {
  const nights = await db
    .selectFrom('noche')
    .select('estado')
    .select(({ fn }) => fn.countAll<number>().as('veces'))
    .where('curso', '!=', '*')
    .groupBy('estado')
    .execute();
  const sends = await db
    .selectFrom('envio')
    .select('estado')
    .select(({ fn }) => [
      fn.countAll<number>().as('veces'),
      fn.sum<number>('aceptados').as('aceptados'),
      fn.sum<number>('rechazados').as('rechazados'),
    ])
    .select(({ fn }) => fn.max('respondido').as('ultimo'))
    .groupBy('estado')
    .execute();
  const open = await db
    .selectFrom('error')
    .select(({ fn }) => fn.countAll<number>().as('veces'))
    .where('cerrado', 'is', null)
    .executeTakeFirstOrThrow();
  const times = (estado: NocheTable['estado']) => nights.find((row) => row.estado === estado)?.veces ?? 0;
  const accepted = sends.filter(({ estado }) => estado === 'aceptado' || estado === 'parcial');
  const last = accepted
    .flatMap(({ ultimo }) => ultimo ?? [])
    .sort()
    .at(-1);
  return {
    noches: { hecha: times('hecha'), pendiente: times('pendiente'), perdida: times('perdida') },
    envios: Object.fromEntries(sends.map(({ estado, veces }) => [estado, veces])),
    aceptados: sends.reduce((sum, row) => sum + row.aceptados, 0),
    rechazados: sends.reduce((sum, row) => sum + row.rechazados, 0),
    erroresAbiertos: open.veces,
    ultimoAceptado: last === undefined ? null : new Date(last),
  };
}
