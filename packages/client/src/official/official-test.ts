import { randomBytes } from 'node:crypto';
import { type Curso, type Envio, OFFICIAL_EXAMPLES, santiagoDate } from '@puente-sic/protocol';
import type { GestorClient } from '../client.ts';
import { GestorError } from '../gestor-error.ts';
import type { Finding, Seen } from './finding.ts';
import {
  badTokenGet,
  badTokenPost,
  fromAccepted,
  fromHistory,
  fromPartial,
  fromQuery,
  fromRepeated,
  fromUnknownCourse,
  nothingElse,
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
 *
 * Whatever the service answers is told: what cannot be read, or does not come, leaves its assumptions unseen. Where
 * not even the first query is answered by a service of this kind, nothing is sent.
 * @throws GestorError where the service is not reached or does not accept the token; then there is nothing to tell.
 */
export async function officialTest(options: OfficialTestOptions): Promise<OfficialTest> {
  const { client, withBadToken, clock, signal } = options;
  const fecha = santiagoDate(clock());
  const query = await seen(client.history({ fechaDesde: fecha }, { signal }));
  if (query instanceof GestorError) {
    if (query.outcome === 'not-sent' || THROWN.includes(query.code)) throw query;
    return { fecha, hallazgos: [fromQuery(query), ...nothingElse(query)] };
  }
  const curso = testCourse();
  const first = { ...curso, codigoEnvio: ownCode() };
  const stranger = { ...curso, codigoEnvio: ownCode(), listaAlumnos: [...curso.listaAlumnos, nobody(curso)] };
  const absent = { ...curso, codigoOferta: 'PRUEBA-NO-EXISTE', codigoGrupo: 'PRUEBA-NO-EXISTE' };
  const send = (sender: GestorClient, body: Curso) =>
    seen(sender.sendAvance({ codigoEnvio: ownCode(), ...body }, { signal }));
  const history = (codigoEnvio: string) => seen(client.history({ codigoEnvio }, { signal }));
  return {
    fecha,
    hallazgos: [
      fromQuery(query),
      badTokenGet(await seen(withBadToken.history({}, { signal }))),
      badTokenPost(await send(withBadToken, curso)),
      ...fromAccepted(await send(client, first)),
      fromRepeated(await send(client, curso)),
      ...fromPartial(await send(client, stranger)),
      fromUnknownCourse(await send(client, absent)),
      ...fromHistory(first, await history(first.codigoEnvio), await history(stranger.codigoEnvio)),
    ],
  };
}

const THROWN = ['not-authenticated', 'aborted'];

/** What came of a call. */
function seen<T>(call: Promise<T>): Promise<Seen<T>> {
  return call.catch((error: unknown) => {
    if (error instanceof GestorError) return error;
    throw error;
  });
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
