import type { OpenSend, Storage } from '@puente-sic/client';
import type { Curso } from '@puente-sic/protocol';
import { type EnvioRow, finishEnvio, knownProcesses, noteAsked } from '../ledger/envios.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** The ledger as the place where a provider's sends are kept. */
export function ledgerStorage({ db }: Ledger, { rutOtec }: Pick<EnvioRow, 'rutOtec'>): Storage {
  return {
    otherSends: async ({ codigoEnvio }) => {
      const row = await db
        .selectFrom('envio')
        .select('procesoAnterior')
        .where('codigoEnvio', '=', codigoEnvio)
        .executeTakeFirst();
      return {
        processes: await knownProcesses(db, rutOtec, codigoEnvio),
        highestBefore: row?.procesoAnterior ?? null,
      };
    },
    noteAsked: ({ codigoEnvio }, asked) => noteAsked(db, codigoEnvio, asked),
    notArrived: async ({ codigoEnvio }, proof) => {
      const nothing = { idProceso: null, aceptados: 0, rechazados: 0 };
      const { local, service } = proof.asked;
      const respuesta = JSON.stringify({ ...proof, asked: { local, service } });
      const end = { ...nothing, respuesta, via: 'historial', httpStatus: proof.status } as const;
      await finishEnvio(db, codigoEnvio, { estado: 'no-enviado', ...end }, local);
    },
  };
}

/** A row of the ledger as what is to be settled. */
export function openSendOf(row: EnvioRow, curso: Curso): OpenSend {
  const { codigoEnvio, version, idProceso, porComprobar, preguntado, preguntadoSence } = row;
  return {
    codigoEnvio,
    curso,
    version: version === 1 ? 1 : 2,
    sentAt: new Date(row.enviado ?? row.creado),
    idProceso,
    denied: porComprobar === 1,
    firstAsked:
      preguntado === null
        ? null
        : {
            local: new Date(preguntado),
            service: preguntadoSence === null ? null : new Date(preguntadoSence),
          },
  };
}
