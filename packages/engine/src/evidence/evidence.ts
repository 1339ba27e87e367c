import { santiagoDateTime } from '@puente-sic/protocol';
import { auditHead } from '../ledger/audit-chain.ts';
import { makeRegistros } from '../ledger/breakdown.ts';
import { answerOf, bodyOf, type EnvioRow, envioByCode } from '../ledger/envios.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type RegistroRow, registrosOf, registrosOfPersonIn } from '../ledger/registros.ts';
import { type EvidenceRecord, evidenceOf } from './records.ts';
import { report } from './report.ts';
import { workbook } from './workbook.ts';
import { type ZipEntry, zipOf } from './zip.ts';

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
  /** Head of the audit trail then, see {@link auditHead}. */
  bitacora: string;
  archivos: { nombre: string; bytes: number; sha256: string }[];
}

export interface Evidence {
  envios: number;
  /** The ZIP in pieces, made as it is read, once: memory does not grow with the nights and students in it. */
  zip: AsyncGenerator<Uint8Array, EvidenceMade>;
}

/** What is known when the ZIP has been read to its end. */
export interface EvidenceMade {
  registros: number;
  /** SHA-256 of the manifest: whoever notes it down elsewhere can later prove that nothing was exchanged. */
  huella: string;
}

/**
 * An audit's ZIP: each envío's body and answer as sent and received (tokens are never kept), the history per student
 * as Excel and as a page that prints well, and a manifest with the SHA-256 of each file.
 */
export async function evidence(request: EvidenceRequest): Promise<Evidence> {
  const calls = await callsOf(request);
  return { envios: calls.length, zip: make(request, calls) };
}

type Call = Pick<EnvioRow, 'codigoEnvio' | 'idProceso' | 'enviado' | 'creado'>;

async function callsOf({ ledger, rutOtec, curso, desde, hasta }: EvidenceRequest): Promise<Call[]> {
  return ledger.db
    .selectFrom('envio')
    .select(['codigoEnvio', 'idProceso', 'enviado', 'creado'])
    .where('rutOtec', '=', rutOtec)
    .where('codigoOferta', '=', curso)
    .where('noche', '>=', desde)
    .where('noche', '<=', hasta)
    .orderBy('noche')
    .orderBy('creado')
    .execute();
}

async function* make(
  request: EvidenceRequest,
  calls: readonly Call[],
): AsyncGenerator<Uint8Array, EvidenceMade> {
  const { ledger, rutOtec, curso, desde, hasta, clock } = request;
  const now = clock();
  while ((await makeRegistros(ledger, { limite: 50, rutOtec, codigoOferta: curso })) > 0);
  const archivos: Manifiesto['archivos'] = [];
  const people = new Set<string>();
  let registros = 0;
  let huella = '';

  const zip = zipOf(files(), {
    mtime: now,
    onDone: (entry) => {
      if (entry.nombre === MANIFEST) huella = entry.sha256;
      else archivos.push(entry);
    },
  });
  for await (const piece of zip) yield piece;
  return { registros, huella };

  async function* files(): AsyncGenerator<ZipEntry> {
    for (const { codigoEnvio } of calls) {
      const row = await envioByCode(ledger.db, codigoEnvio);
      if (row !== null) yield* filesOf(row);
    }
    yield { nombre: 'historial.xlsx', data: workbook(byEnvio(), now), packed: true };
    const head = { rutOtec, codigoOferta: curso, desde, hasta, creado: santiagoDateTime(now) };
    const counts = { envios: calls.length, alumnos: people.size, registros };
    yield { nombre: 'historial.html', data: report({ ...head, ...counts }, byPerson()) };
    const manifiesto: Manifiesto = {
      formato: 'puente-evidencia/1',
      ...{ rutOtec, codigoOferta: curso, desde, hasta, creado: now.toISOString() },
      bitacora: await auditHead(ledger),
      archivos,
    };
    yield { nombre: MANIFEST, data: [`${JSON.stringify(manifiesto, null, 2)}\n`] };
  }

  async function* byEnvio(): AsyncGenerator<EvidenceRecord[]> {
    for (const call of calls) {
      const rows = await registrosOf(ledger.db, call.codigoEnvio);
      const records = rows.map((row) => seen(row, call));
      for (const { rut } of records) people.add(rut);
      registros += records.length;
      yield records;
    }
  }

  async function* byPerson(): AsyncGenerator<[string, EvidenceRecord[]]> {
    const included = new Set(calls.map(({ codigoEnvio }) => codigoEnvio));
    for (const rut of [...people].sort()) {
      const records: EvidenceRecord[] = [];
      for (const row of await registrosOfPersonIn(ledger.db, {
        rut,
        rutOtec,
        codigoOferta: curso,
        desde,
        hasta,
      })) {
        if (included.has(row.codigoEnvio)) records.push(seen(row, row));
      }
      yield [rut, records];
    }
  }
}

function seen(
  registro: RegistroRow,
  { idProceso, enviado, creado }: Omit<Call, 'codigoEnvio'>,
): EvidenceRecord {
  return evidenceOf(registro, { idProceso, enviado: santiagoDateTime(new Date(enviado ?? creado)) });
}

function filesOf(row: EnvioRow): ZipEntry[] {
  const { codigoEnvio, noche, estado, idProceso, httpStatus, creado, enviado, respondido, via, huella } = row;
  const { aceptados, rechazados, registros } = row;
  const folder = `envios/${noche}-${codigoEnvio}`;
  const facts = { codigoEnvio, noche, estado, idProceso, httpStatus, creado, enviado, respondido, via };
  const told = { ...facts, registros, aceptados, rechazados, sha256Cuerpo: huella };
  const body = bodyOf(row);
  const answer = answerOf(row);
  const entries: ZipEntry[] = [
    { nombre: `${folder}/envio.json`, data: [`${JSON.stringify(told, null, 2)}\n`] },
  ];
  // Without the line of the token, exactly the bytes whose hash the ledger took before they left.
  if (body !== null) entries.push({ nombre: `${folder}/cuerpo.json`, data: [JSON.stringify(body)] });
  if (answer !== null) entries.push({ nombre: `${folder}/respuesta.txt`, data: [answer] });
  return entries;
}

const MANIFEST = 'manifiesto.json';
