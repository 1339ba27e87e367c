import { type Curso, formatRut, readRut, santiagoDateTime } from '@puente-sic/protocol';
import { sql } from 'kysely';
import { type EvidenceRecord, evidenceOf } from '../evidence/records.ts';
import { EngineFailure } from '../failure.ts';
import { makeRegistros } from '../ledger/breakdown.ts';
import { pack, sha256 } from '../ledger/bytes.ts';
import type { DecisionRow } from '../ledger/decisiones.ts';
import { answerOf, bodyOf, type EnvioRow, envioByCode } from '../ledger/envios.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { enviosOfPerson, registrosOfPerson } from '../ledger/registros.ts';
import type { AceptadoTable, CourseKey, ErrorTable, PedidoBorradoTable } from '../ledger/tables.ts';
import { addErasures } from './erasures.ts';
import { eraseTold, type ToldOfPerson, toldOfPerson } from './told.ts';

/** Everything that the ledger holds of one person (right of access, law 19.628 as amended by 21.719). */
export interface PersonData {
  rut: string;
  envios: EvidenceRecord[];
  aceptados: Omit<AceptadoTable, 'huella'>[];
  errores: Omit<ErrorTable, 'id'>[];
  decisiones: Omit<DecisionRow, 'id'>[];
  /** Of the nights: courses that the person was seen in, and what was told. */
  noches: ToldOfPerson;
  /** That the person's erasure was asked for, and waits. */
  pedidosDeBorrado: Omit<PedidoBorradoTable, 'id'>[];
}

/** What an erasure took away; its own record holds no RUT. */
export interface Erasure {
  envios: number;
  aceptados: number;
  errores: number;
}

/** What belongs to an erasure beside the ledger. */
export interface AroundErasure {
  /** There is something of the person elsewhere: it is an erasure also where the ledger has nothing. */
  isElsewhere?: boolean;
  /** In its transaction; throws where it may not be done. */
  before?: (inside: Ledger) => Promise<void>;
  also?: (inside: Ledger, erasure: Erasure) => Promise<void>;
}

/** Reads the rows of this person alone: no body is opened, however many nights there are. */
export async function exportPerson(ledger: Ledger, typed: string): Promise<PersonData> {
  const rut = canonical(typed);
  await prepare(ledger);
  const { db } = ledger;
  const envios: EvidenceRecord[] = [];
  for await (const row of registrosOfPerson(db, rut)) {
    const enviado = santiagoDateTime(new Date(row.enviado ?? row.creado));
    envios.push(evidenceOf(row, { idProceso: row.idProceso, enviado }));
  }
  const aceptados = await db.selectFrom('aceptado').selectAll().where('rut', '=', rut).execute();
  const errores = await db.selectFrom('error').selectAll().where('rut', '=', rut).execute();
  const decisiones = await db.selectFrom('decision').selectAll().where('rut', '=', rut).execute();
  const pedidos = await db.selectFrom('pedidoBorrado').selectAll().where('rut', '=', rut).execute();
  return {
    rut,
    envios,
    aceptados: aceptados.map(({ huella: _, ...row }) => row),
    errores: errores.map(({ id: _, ...row }) => row),
    decisiones: decisiones.map(({ id: _, ...row }) => row),
    noches: await toldOfPerson(db, rut),
    pedidosDeBorrado: pedidos.map(({ id: _, ...row }) => row),
  };
}

/** A course in which the last night saw a person: the source still has the person there. */
export type CursoDePersona = CourseKey & { fuente: string | null };

export async function coursesOfPerson({ db }: Ledger, typed: string): Promise<CursoDePersona[]> {
  return db
    .selectFrom('alumno')
    .leftJoin('curso', (join) =>
      join
        .onRef('curso.rutOtec', '=', 'alumno.rutOtec')
        .onRef('curso.codigoOferta', '=', 'alumno.codigoOferta')
        .onRef('curso.codigoGrupo', '=', 'alumno.codigoGrupo'),
    )
    .select(['alumno.rutOtec', 'alumno.codigoOferta', 'alumno.codigoGrupo', 'curso.fuente'])
    .where('alumno.rut', '=', canonical(typed))
    .where('alumno.ausente', 'is', null)
    .orderBy('alumno.codigoOferta')
    .orderBy('alumno.codigoGrupo')
    .execute();
}

/**
 * Takes one person out of the ledger: out of every body and answer, of what was sent, accepted and decided, and of the
 * errors. That it was done is recorded under a pseudonym (the hash of the RUT: it answers whether and when, and does
 * not list who), and from then on holds the person back whom a source still has, see `reportAgain`. What SENCE has is
 * SENCE's; and a percentage sent again for this person starts from nothing.
 * @param around what else is done in the same transaction, after and before: all of it or nothing.
 * @returns null where nothing is there of the person: then nothing is recorded either.
 * @throws EngineFailure where an envío of the person is still uncertain: its body is needed to settle it.
 */
export async function erasePerson(
  ledger: Ledger,
  typed: string,
  now: Date,
  { isElsewhere = false, before = async () => {}, also = async () => {} }: AroundErasure = {},
): Promise<Erasure | null> {
  const rut = canonical(typed);
  await prepare(ledger);
  const { db, datos } = ledger;
  const note = { cuando: now.toISOString(), huella: sha256(rut) };
  const erasure = await db.transaction().execute(async (tx) => {
    await before({ ...ledger, db: tx });
    const codes = await enviosOfPerson(tx, rut);
    // One envío at a time: bodies and answers are large.
    for (const codigoEnvio of codes) {
      const row = await envioByCode(tx, codigoEnvio);
      if (row !== null) await eraseFrom(tx, row, rut);
    }
    const histories = await eraseFromHistories(tx, rut);
    await tx.deleteFrom('registro').where('rut', '=', rut).execute();
    const decisiones = await tx.deleteFrom('decision').where('rut', '=', rut).executeTakeFirstOrThrow();
    const aceptados = await tx.deleteFrom('aceptado').where('rut', '=', rut).executeTakeFirstOrThrow();
    const errores = await tx.deleteFrom('error').where('rut', '=', rut).executeTakeFirstOrThrow();
    await tx.deleteFrom('pedidoBorrado').where('rut', '=', rut).execute();
    const told = await eraseTold(tx, rut);
    const erasure = {
      envios: codes.length,
      aceptados: Number(aceptados.numDeletedRows),
      errores: Number(errores.numDeletedRows),
    };
    const others = histories + told + Number(decisiones.numDeletedRows);
    if (!isElsewhere && erasure.envios + erasure.aceptados + erasure.errores + others === 0) return null;
    await tx
      .insertInto('borrado')
      .values({ ...note, ...erasure })
      .execute();
    await also({ ...ledger, db: tx }, erasure);
    return erasure;
  });
  if (erasure === null) return null;
  if (datos !== null) addErasures(datos, [note]);
  // Nothing of it is left in the write-ahead log either.
  await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
  return erasure;
}

/** What an earlier version of puente wrote is told by its rows too, before anybody asks for a person's. */
export async function prepare(ledger: Ledger): Promise<void> {
  for (;;) {
    const left = await makeRegistros(ledger, { limite: 50 });
    if (left === 0) return;
  }
}

async function eraseFrom(tx: Ledger['db'], row: EnvioRow, rut: string): Promise<void> {
  if (['preparado', 'enviando', 'incierto'].includes(row.estado)) {
    throw new EngineFailure(
      'Hay un envío con datos de esta persona del que todavía no se sabe si llegó a SENCE.',
      'Ejecute «puente enviar» o espere a que «puente servir» lo aclare, y vuelva a intentarlo.',
    );
  }
  const curso = bodyOf(row);
  const answer = answerOf(row);
  const cuerpo = curso === null ? null : pack(JSON.stringify(without(curso, rut)));
  const respuesta = answer === null ? null : pack(withoutRut(answer, rut));
  await tx
    .updateTable('envio')
    .set({ cuerpo, respuesta })
    .where('codigoEnvio', '=', row.codigoEnvio)
    .execute();
}

/** A history that settled one envío may tell of others as well. In how many the person was. */
async function eraseFromHistories(tx: Ledger['db'], rut: string): Promise<number> {
  const codes = await tx
    .selectFrom('envio')
    .select('codigoEnvio')
    .where('via', '=', 'historial')
    .where('respuesta', 'is not', null)
    .execute();
  let count = 0;
  for (const { codigoEnvio } of codes) {
    const row = await envioByCode(tx, codigoEnvio);
    const answer = row === null ? null : answerOf(row);
    const erased = answer === null ? null : withoutRut(answer, rut);
    if (erased === null || erased === answer) continue;
    await tx
      .updateTable('envio')
      .set({ respuesta: pack(erased) })
      .where('codigoEnvio', '=', codigoEnvio)
      .execute();
    count += 1;
  }
  return count;
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

/** @throws EngineFailure for what is no RUT. */
export function canonical(typed: string): string {
  const rut = readRut(typed);
  if (rut !== null) return formatRut(rut);
  throw new EngineFailure(
    `«${typed}» no es un RUT.`,
    'Escríbalo con su dígito verificador, por ejemplo 11222333-K.',
  );
}
