import {
  type Alumno,
  type Codigo,
  type Curso,
  type Envio,
  fiveDecimals,
  type Modulo,
  messageOf,
  santiagoDateTime,
} from '@puente-sic/protocol';
import { GestorClient } from './client.ts';
import type { Broken, Reply, Transport } from './exchange.ts';
import type { GestorClientOptions } from './options.ts';

/** What the next send meets: a cut before or after it is recorded, a server in trouble, a token refused. */
export type MockFault = 'cut-before' | 'cut-after' | 'http-503' | 'token-refused';

interface Kept {
  id: number;
  curso: Curso;
  fecha: string;
}

/**
 * A Gestor Intermedio in memory, for tests of a program that sends: no network, no server. It takes everything but what
 * it is told to reject, keeps it, and gives it back in the history, all in the official form. It validates nothing: for
 * that there is `puente gestor sandbox`.
 */
export class MockGestor {
  /** What was recorded, in order. */
  readonly sent: Curso[] = [];
  readonly #kept: Kept[] = [];
  readonly #rejected = new Map<string, Codigo>();
  readonly #faults: MockFault[] = [];
  readonly #clock: () => Date;

  constructor({ clock = () => new Date() }: { clock?: () => Date } = {}) {
    this.#clock = clock;
  }

  /** A client that talks to it. Waits pass at once; with a moved clock of one's own they should move it. */
  client(options: Partial<GestorClientOptions> = {}): GestorClient {
    return new GestorClient({
      baseUrl: 'http://gestor.invalid/gestor/API',
      credenciales: { rutOtec: '76543210-3', token: '0F2B6C1A-7D34-4E8B-9A55-C3D2E1F0A9B8' },
      sleep: async () => {},
      clock: this.#clock,
      transport: this.transport,
      ...options,
    });
  }

  /** Every record of this student (`12345678-5`) is rejected with this code from now on. */
  reject(rut: string, code: Codigo): void {
    this.#rejected.set(rut, code);
  }

  /** The next sends meet these, one each. */
  fail(...faults: MockFault[]): void {
    this.#faults.push(...faults);
  }

  readonly transport: Transport = async ({ method, url, body, signal }) => {
    if (signal?.aborted) return { ...broken(), why: 'aborted', sent: false };
    if (method === 'GET') return this.#reply(200, this.#history(url.searchParams));
    const fault = this.#faults.shift();
    if (fault === 'cut-before') return broken();
    if (fault === 'http-503') return this.#reply(503, '<html>503</html>');
    if (fault === 'token-refused') return this.#reply(200, { error: [{ mensaje: messageOf('001') }] });
    const {
      rutOtec: _,
      idSistema: __,
      token: ___,
      ...curso
    } = JSON.parse(new TextDecoder().decode(body)) as Envio;
    const answer = this.#record(curso);
    return fault === 'cut-after' ? broken() : this.#reply(200, answer);
  };

  #record(curso: Curso): object {
    const id = this.#kept.length + 1;
    this.sent.push(curso);
    this.#kept.push({ id, curso, fecha: santiagoDateTime(this.#clock()) });
    const rejected = curso.listaAlumnos.filter((alumno) => this.#rejected.has(rutOf(alumno)));
    const taken = curso.listaAlumnos.filter((alumno) => !rejected.includes(alumno));
    if (rejected.length === 0) return { id_proceso: id, envio: taken, errores: [], respuesta_SIC: '' };
    const datosError = rejected.flatMap((alumno) =>
      alumno.listaModulos.map((modulo) => ({ alumno, ...this.#why(alumno, modulo) })),
    );
    return { id_proceso: id, datosEnviados: taken, datosError, respuesta_SIC: '' };
  }

  #why(alumno: Alumno, { codigoModulo }: Modulo) {
    const codigo = this.#rejected.get(rutOf(alumno)) ?? '012';
    return { codigo, mensaje: messageOf(codigo, { rutAlumno: rutOf(alumno) }), codigoModulo };
  }

  #history(query: URLSearchParams): object[] {
    const [code, desde, id] = [query.get('codigo_externo'), query.get('fechaDesde'), query.get('id_proceso')];
    return this.#kept
      .filter((kept) => code === null || kept.curso.codigoEnvio === code)
      .filter((kept) => desde === null || kept.fecha.slice(0, 10) >= desde)
      .filter((kept) => id === null || String(kept.id) === id)
      .map(({ id: number, curso, fecha }) => ({
        ...{ id_proceso_externo: String(number), codigo_externo: curso.codigoEnvio ?? null, fecha },
        listaregistros: curso.listaAlumnos.flatMap((alumno) =>
          alumno.listaModulos.map((modulo) => this.#registro(curso, alumno, modulo)),
        ),
      }));
  }

  #registro({ codigoOferta, codigoGrupo }: Curso, alumno: Alumno, modulo: Modulo): object {
    const codigo = this.#rejected.get(rutOf(alumno));
    return {
      oferta_cod: codigoOferta,
      seccion_cod: codigoGrupo,
      rut_alumno: String(alumno.rutAlumno),
      dv_alumno: alumno.dvAlumno,
      mod_cod: modulo.codigoModulo,
      mod_porcentaje_avance: fiveDecimals(modulo.porcentajeAvance),
      estado_registro: codigo === undefined ? '1' : '3',
      obs_registro: codigo === undefined ? '' : `[${codigo}] ${this.#why(alumno, modulo).mensaje}`,
    };
  }

  #reply(status: number, answer: object | string): Reply {
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    const headers = { date: this.#clock().toUTCString() };
    return { kind: 'reply', status, headers, body: new TextEncoder().encode(text), durationMs: 1 };
  }
}

function rutOf({ rutAlumno, dvAlumno }: Alumno): string {
  return `${rutAlumno}-${dvAlumno.toUpperCase()}`;
}

function broken(): Broken {
  return {
    ...{ kind: 'broken', why: 'failed', sent: true, proxied: false, error: null, status: null, headers: {} },
    ...{ body: new Uint8Array(), durationMs: 1 },
  };
}
