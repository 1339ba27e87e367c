import { santiagoDateTime } from '@puente-sic/protocol';
import { strToU8, zipSync } from 'fflate';
import { makeRegistros } from '../ledger/breakdown.ts';
import { sha256 } from '../ledger/bytes.ts';
import { answerOf, bodyOf, type EnvioRow } from '../ledger/envios.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { registrosOf } from '../ledger/registros.ts';
import { type EvidenceRecord, evidenceOf } from './records.ts';
import { report } from './report.ts';
import { workbook } from './workbook.ts';

export interface EvidenceRequest {
  ledger: Ledger;
  rutOtec: string;
  /** codigoOferta. */
  curso: string;
  /** Nights, `YYYY-MM-DD`, both included. */
  desde: string;
  hasta: string;
  clock: () => Date;
}

/** `manifiesto.json` in the ZIP. */
export interface Manifiesto {
  formato: 'puente-evidencia/1';
  rutOtec: string;
  codigoOferta: string;
  desde: string;
  hasta: string;
  /** ISO 8601, UTC. */
  creado: string;
  archivos: { nombre: string; bytes: number; sha256: string }[];
}

export interface Evidence {
  zip: Uint8Array;
  envios: number;
  registros: number;
  /** SHA-256 of the manifest: whoever notes it down elsewhere can later prove that nothing was exchanged. */
  huella: string;
}

/**
 * An audit's ZIP: each envío's body and answer as sent and received (tokens are never kept), the history per student
 * as Excel and as a page that prints well, and a manifest with the SHA-256 of each file.
 */
export async function evidence(request: EvidenceRequest): Promise<Evidence> {
  const { ledger, rutOtec, curso, desde, hasta, clock } = request;
  const rows = await ledger.db
    .selectFrom('envio')
    .selectAll()
    .where('rutOtec', '=', rutOtec)
    .where('codigoOferta', '=', curso)
    .where('noche', '>=', desde)
    .where('noche', '<=', hasta)
    .orderBy('noche')
    .orderBy('creado')
    .execute();
  const now = clock();
  while ((await makeRegistros(ledger, { limite: 50, rutOtec, codigoOferta: curso })) > 0);
  const records: EvidenceRecord[] = [];
  for (const { codigoEnvio, idProceso, enviado, creado } of rows) {
    const about = { idProceso, enviado: santiagoDateTime(new Date(enviado ?? creado)) };
    for (const row of await registrosOf(ledger.db, codigoEnvio)) records.push(evidenceOf(row, about));
  }
  const creado = santiagoDateTime(now);
  const head = { rutOtec, codigoOferta: curso, desde, hasta, creado, envios: rows.length };
  const files: Record<string, Uint8Array> = {
    ...Object.assign({}, ...rows.map(filesOf)),
    'historial.xlsx': await workbook(records),
    'historial.html': strToU8(report(head, records)),
  };
  const manifiesto: Manifiesto = {
    formato: 'puente-evidencia/1',
    ...{ rutOtec, codigoOferta: curso, desde, hasta, creado: now.toISOString() },
    archivos: Object.entries(files).map(([nombre, data]) => ({
      nombre,
      bytes: data.length,
      sha256: sha256(data),
    })),
  };
  const text = strToU8(`${JSON.stringify(manifiesto, null, 2)}\n`);
  const zip = zipSync({ 'manifiesto.json': text, ...files }, { mtime: now });
  return { zip, envios: rows.length, registros: records.length, huella: sha256(text) };
}

function filesOf(row: EnvioRow): Record<string, Uint8Array> {
  const { codigoEnvio, noche, estado, idProceso, httpStatus, creado, enviado, respondido, via, huella } = row;
  const { aceptados, rechazados, registros } = row;
  const folder = `envios/${noche}-${codigoEnvio}`;
  const facts = { codigoEnvio, noche, estado, idProceso, httpStatus, creado, enviado, respondido, via };
  const body = bodyOf(row);
  const answer = answerOf(row);
  return {
    [`${folder}/envio.json`]: strToU8(
      `${JSON.stringify({ ...facts, registros, aceptados, rechazados, sha256Cuerpo: huella }, null, 2)}\n`,
    ),
    // Without the line of the token, exactly the bytes whose hash the ledger took before they left.
    ...(body !== null && { [`${folder}/cuerpo.json`]: strToU8(JSON.stringify(body)) }),
    ...(answer !== null && { [`${folder}/respuesta.txt`]: strToU8(answer) }),
  };
}
