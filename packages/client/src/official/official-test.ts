import { randomBytes } from 'node:crypto';
import { type Curso, type Envio, OFFICIAL_EXAMPLES, santiagoDate } from '@puente-sic/protocol';
import type { GestorClient } from '../client.ts';
import { GestorError } from '../gestor-error.ts';
import type { SentAvance } from '../results.ts';
import {
  badTokenGet,
  badTokenPost,
  type Finding,
  fromAccepted,
  fromHistory,
  fromPartial,
  fromRepeated,
  fromUnknownCourse,
} from './findings.ts';

/** What the official test showed of the assumptions; no token and no RUT is in it. */
export interface OfficialTest {
  /** Santiago's day. */
  fecha: string;
  hallazgos: Finding[];
}

export interface OfficialTestOptions {
  client: GestorClient;
  /** The same provider with a token that is not its own: what the service answers to it is one of the questions. */
  withBadToken: GestorClient;
  clock: () => Date;
  signal?: AbortSignal | undefined;
}

/**
 * The official test [M] (course CAP-15-01-13-0446, percentages and times at 0), and around it what settles our
 * assumptions: a wrong token, the same again, a student that does not exist (1-9), a course that does not exist, the
 * history. Six calls that record something at the test course alone, at most.
 * @throws GestorError where the service is not reached or does not accept the token; then nothing is told.
 */
export async function officialTest(options: OfficialTestOptions): Promise<OfficialTest> {
  const { client, withBadToken, clock, signal } = options;
  await client.history({ fechaDesde: santiagoDate(clock()) }, { signal });
  const curso = testCourse();
  const badGet = await withBadToken.history({}, { signal }).catch(asGestorError);
  const badPost = await send(withBadToken, curso, signal);

  const first = { ...curso, codigoEnvio: ownCode() };
  const accepted = await client.sendAvance(first, { signal });
  const repeated = await send(client, curso, signal);
  const stranger = { ...curso, codigoEnvio: ownCode(), listaAlumnos: [...curso.listaAlumnos, nobody(curso)] };
  const partial = await client.sendAvance(stranger, { signal });
  const absent = { ...curso, codigoOferta: 'PRUEBA-NO-EXISTE', codigoGrupo: 'PRUEBA-NO-EXISTE' };
  const unknownCourse = await send(client, absent, signal);
  const ofFirst = await client.history({ codigoEnvio: first.codigoEnvio }, { signal });
  const ofPartial = await client.history({ codigoEnvio: stranger.codigoEnvio }, { signal });
  return {
    fecha: santiagoDate(clock()),
    hallazgos: [
      badTokenGet(badGet),
      badTokenPost(badPost),
      ...fromAccepted(accepted),
      fromRepeated(repeated),
      ...fromPartial(partial),
      fromUnknownCourse(unknownCourse),
      ...fromHistory(first, ofFirst, ofPartial),
    ],
  };
}

function send(client: GestorClient, curso: Curso, signal: AbortSignal | undefined): Promise<SentAvance> {
  return client.sendAvance({ ...curso, codigoEnvio: ownCode() }, { signal });
}

/** The official example without who sends it. */
function testCourse(): Curso {
  const envio: Envio = JSON.parse(JSON.stringify(OFFICIAL_EXAMPLES.pruebaOficial.value));
  const { codigoOferta, codigoGrupo, listaAlumnos } = envio;
  return { codigoOferta, codigoGrupo, listaAlumnos };
}

/** 1-9 is a well-formed RUT and nobody's. */
function nobody({ listaAlumnos: [alumno] }: Curso): Curso['listaAlumnos'][number] {
  if (!alumno) throw new Error('The official test has no student');
  return { ...alumno, rutAlumno: 1, dvAlumno: '9' };
}

function ownCode(): string {
  return `O-${randomBytes(8).toString('hex').toUpperCase()}`;
}

function asGestorError(error: unknown): GestorError {
  if (error instanceof GestorError) return error;
  throw error;
}
