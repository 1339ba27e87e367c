import { type Curso, formatRut, readRut, santiagoDateTime } from '@puente-sic/protocol';
import { sql } from 'kysely';
import { type EvidenceRecord, recordsOfEnvio } from '../evidence/records.ts';
import { EngineFailure } from '../failure.ts';
import { pack, sha256 } from '../ledger/bytes.ts';
import { answerOf, bodyOf, type EnvioRow } from '../ledger/envios.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { AceptadoTable, ErrorTable } from '../ledger/tables.ts';
import { addErasures } from './erasures.ts';

/** Everything that the ledger holds of one person (right of access, law 19.628 as amended by 21.719). */
export interface PersonData {
  rut: string;
  envios: EvidenceRecord[];
  aceptados: Omit<AceptadoTable, 'huella'>[];
  errores: Omit<ErrorTable, 'id'>[];
}

/** What an erasure took away; its own record holds no RUT. */
export interface Erasure {
  envios: number;
  aceptados: number;
  errores: number;
}

export async function exportPerson({ db }: Ledger, typed: string): Promise<PersonData> {
  const rut = canonical(typed);
  const envios: EvidenceRecord[] = [];
  for (const row of await db.selectFrom('envio').selectAll().orderBy('creado').execute()) {
    const enviado = santiagoDateTime(new Date(row.enviado ?? row.creado));
    envios.push(...recordsOfEnvio(row, enviado).filter((record) => record.rut === rut));
  }
  const aceptados = await db.selectFrom('aceptado').selectAll().where('rut', '=', rut).execute();
  const errores = await db.selectFrom('error').selectAll().where('rut', '=', rut).execute();
  return {
    rut,
    envios,
    aceptados: aceptados.map(({ huella: _, ...row }) => row),
    errores: errores.map(({ id: _, ...row }) => row),
  };
}

/**
 * Takes one person out of the ledger: out of every body and answer, of what was accepted and of the errors. That it
 * was done is recorded under a pseudonym (the hash of the RUT: it answers whether and when, and does not list who).
 * What SENCE has is SENCE's; and a percentage sent again for this person starts from nothing.
 * @throws EngineFailure where an envío of the person is still uncertain: its body is needed to settle it.
 */
export async function erasePerson({ db, datos }: Ledger, typed: string, now: Date): Promise<Erasure> {
  const rut = canonical(typed);
  const note = { cuando: now.toISOString(), huella: sha256(rut) };
  const erasure = await db.transaction().execute(async (tx) => {
    const rows = (await tx.selectFrom('envio').selectAll().where('cuerpo', 'is not', null).execute()).filter(
      (row) => holds(row, rut),
    );
    if (rows.some(({ estado }) => ['preparado', 'enviando', 'incierto'].includes(estado))) {
      throw new EngineFailure(
        'Hay un envío con datos de esta persona del que todavía no se sabe si llegó a SENCE.',
        'Ejecute «puente enviar» o espere a que «puente servir» lo aclare, y vuelva a intentarlo.',
      );
    }
    for (const row of rows) {
      const curso = bodyOf(row);
      if (curso === null) continue;
      const answer = answerOf(row);
      const cuerpo = pack(JSON.stringify(without(curso, rut)));
      const respuesta = answer === null ? null : pack(withoutRut(answer, rut));
      await tx
        .updateTable('envio')
        .set({ cuerpo, respuesta })
        .where('codigoEnvio', '=', row.codigoEnvio)
        .execute();
    }
    const aceptados = await tx.deleteFrom('aceptado').where('rut', '=', rut).executeTakeFirstOrThrow();
    const errores = await tx.deleteFrom('error').where('rut', '=', rut).executeTakeFirstOrThrow();
    const erasure = {
      envios: rows.length,
      aceptados: Number(aceptados.numDeletedRows),
      errores: Number(errores.numDeletedRows),
    };
    await tx
      .insertInto('borrado')
      .values({ ...note, ...erasure })
      .execute();
    return erasure;
  });
  if (datos !== null) addErasures(datos, [note]);
  // Nothing of it is left in the write-ahead log either.
  await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
  return erasure;
}

function holds(row: EnvioRow, rut: string): boolean {
  return (
    bodyOf(row)?.listaAlumnos.some((alumno) => `${alumno.rutAlumno}-${alumno.dvAlumno}` === rut) ?? false
  );
}

function without(curso: Curso, rut: string): Curso {
  const listaAlumnos = curso.listaAlumnos.filter(
    (alumno) => `${alumno.rutAlumno}-${alumno.dvAlumno}` !== rut,
  );
  return { ...curso, listaAlumnos };
}

/** The answer echoes the student: there the number becomes 0, which leaves what it says of the others as it is. */
function withoutRut(answer: string, rut: string): string {
  const [numero = ''] = rut.split('-');
  return answer.replace(new RegExp(`(?<!\\d)${numero}(?!\\d)`, 'g'), '0');
}

function canonical(typed: string): string {
  const rut = readRut(typed);
  if (rut !== null) return formatRut(rut);
  throw new EngineFailure(
    `«${typed}» no es un RUT.`,
    'Escríbalo con su dígito verificador, por ejemplo 11222333-K.',
  );
}
