import { createHash, randomBytes } from 'node:crypto';
import { type Curso, MAX_ALUMNOS_POR_ENVIO, santiagoDate } from '@puente-sic/protocol';
import type { OpenSend, Storage } from '../settle/storage.ts';
import type { SendStorage, StoredSend } from './send-storage.ts';

/** A course in parts that one call takes. [A 10] */
export function partsOf(curso: Curso): Curso[] {
  const { listaAlumnos } = curso;
  const parts: Curso[] = [];
  for (let at = 0; at < listaAlumnos.length; at += MAX_ALUMNOS_POR_ENVIO)
    parts.push({ ...curso, listaAlumnos: listaAlumnos.slice(at, at + MAX_ALUMNOS_POR_ENVIO) });
  return parts;
}

/** A send that is about to leave; `known`: what is kept of the others. */
export function newSend(
  curso: Curso,
  { now, version, known }: { now: Date; version: 1 | 2; known: readonly StoredSend[] },
): StoredSend {
  const { codigoOferta, codigoGrupo } = curso;
  const dia = santiagoDate(now);
  const processes = known.flatMap(({ idProceso }) => idProceso ?? []);
  return {
    codigoEnvio: `S-${dia.replaceAll('-', '')}-${randomBytes(8).toString('hex').toUpperCase()}`,
    ...{ curso, codigoOferta, codigoGrupo, huella: fingerprint(curso), version, dia },
    enviado: now.toISOString(),
    procesoAnterior: processes.length === 0 ? null : Math.max(...processes),
    idProceso: null,
    negado: false,
    preguntado: null,
    estado: 'abierto',
  };
}

/** Of what a body says, whatever codigoEnvio it goes under. */
export function fingerprint({ codigoEnvio: _, ...curso }: Curso): string {
  return createHash('sha256').update(JSON.stringify(curso)).digest('hex');
}

/** What is to be settled of a send kept; null where it is settled, or its body is gone. */
export function openSendOf(send: StoredSend): OpenSend | null {
  const { codigoEnvio, curso, version, enviado, idProceso, negado, preguntado, estado } = send;
  if (estado !== 'abierto' || curso === null) return null;
  return {
    ...{ codigoEnvio, curso, version, idProceso, denied: negado },
    sentAt: new Date(enviado),
    firstAsked: preguntado && {
      local: new Date(preguntado.local),
      service: preguntado.service === null ? null : new Date(preguntado.service),
    },
  };
}

/** The store of one send's settlement, upon the store of them all. */
export function settleStorage(storage: SendStorage, send: StoredSend): Storage {
  return {
    async otherSends() {
      const others = (await storage.load()).filter(({ codigoEnvio }) => codigoEnvio !== send.codigoEnvio);
      return {
        processes: others.flatMap(({ idProceso, dia }) =>
          idProceso === null ? [] : [{ idProceso, day: dia }],
        ),
        highestBefore: send.procesoAnterior,
      };
    },
    async noteAsked(_send, { local, service }) {
      send.preguntado = { local: local.toISOString(), service: service?.toISOString() ?? null };
      await storage.save(send);
    },
    async notArrived() {
      Object.assign(send, { estado: 'no-llego', curso: null });
      await storage.save(send);
    },
  };
}
