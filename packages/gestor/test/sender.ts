import type { Alumno, Curso, Modulo } from '@puente-sic/protocol';
import type { Kit } from '../src/index.ts';

/** What a little sender of these tests does wrong. */
export type Defecto =
  | 'insiste-con-token-malo'
  | 'token-en-minusculas'
  | 'reenvia-todo'
  | 'insiste-con-el-menor'
  | 'repite-curso-ausente'
  | 'no-lee-html'
  | 'reintenta-sin-pausa'
  | 'repite-tras-un-corte'
  | 'no-espera'
  | 'dos-veces-en-abril'
  | 'antes-de-la-ventana'
  | 'fechas-en-utc'
  | 'corta-por-unidades'
  | 'campos-nuevos-en-v1';

interface Hoja {
  rutOtec: string;
  token: string;
  tokenMalo: string;
  escenarios: { id: string; estados: Curso[] }[];
}

interface Rechazo {
  alumno: { rutAlumno: number } | null;
  codigo: string;
  codigoModulo?: string;
}

/** Works through the kit's scenarios as a vendor's program would, right in everything but `defecto`. */
export class Sender {
  readonly #kit: Kit;
  readonly #defecto: Defecto | null;
  readonly #hoja: Hoja;
  #token: string;

  private constructor(kit: Kit, hoja: Hoja, defecto: Defecto | null) {
    this.#kit = kit;
    this.#hoja = hoja;
    this.#defecto = defecto;
    this.#token = defecto === 'token-en-minusculas' ? hoja.token : hoja.token.toUpperCase();
  }

  static async for(kit: Kit, defecto: Defecto | null = null): Promise<Sender> {
    const hoja = await fetch(new URL('/certificacion/hoja.json', kit.url));
    return new Sender(kit, (await hoja.json()) as Hoja, defecto);
  }

  async everything(): Promise<void> {
    for (const { id, estados } of this.#hoja.escenarios) await this.#work(id, estados);
  }

  async #work(id: string, estados: Curso[]): Promise<void> {
    const [first, ...later] = estados;
    if (id === 'token-malo') return this.#badToken();
    if (id === 'token-bueno') return void (await this.#history());
    if (id === 'token-mayusculas' || !first) return;
    if (id === 'noche') return this.#nights(first, '2026-11-10T22:10:00-03:00');
    if (id === 'cambio-abril')
      return this.#nights(first, '2026-04-04T23:10:00-03:00', '2026-04-04T23:10:00-04:00');
    if (id === 'cambio-septiembre') return this.#nights(first, '2026-09-05T23:30:00-04:00');

    const rejected = await this.#outcome(id, first);
    for (const state of later) await this.#send(this.#sane(state, first));
    await this.#resend(id, first, rejected);
  }

  async #badToken(): Promise<void> {
    const good = this.#token;
    this.#token = this.#hoja.tokenMalo;
    await this.#history();
    const course = this.#hoja.escenarios.find(({ estados }) => estados.length > 0)?.estados[0];
    if (this.#defecto === 'insiste-con-token-malo' && course) {
      await this.#send(course);
      await this.#send(course);
    }
    this.#token = good;
  }

  /** Sends until the outcome is known; returns what was refused. */
  async #outcome(id: string, course: Curso): Promise<Rechazo[]> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const answer = await this.#send(course).catch(() => null);
      if (answer && answer !== 503) return answer;
      if (answer === 503) {
        if (this.#defecto !== 'reintenta-sin-pausa') this.#kit.reloj.advance(60);
      } else if (this.#defecto !== 'repite-tras-un-corte' || id !== 'corte-despues') {
        if ((await this.#history()).some((codigo) => codigo === course.codigoOferta)) return [];
      }
    }
    return [];
  }

  async #resend(id: string, course: Curso, rejected: Rechazo[]): Promise<void> {
    if (this.#defecto === 'repite-curso-ausente' && id === 'curso-rechazado') {
      for (let more = 0; more < 2; more += 1) await this.#send(course);
    }
    if (id !== 'parcial' && id !== 'html-delante') return;
    const ruts = new Set(rejected.map(({ alumno }) => Number(alumno?.rutAlumno)));
    const all = this.#defecto === 'reenvia-todo' && id === 'parcial';
    const blind = this.#defecto === 'no-lee-html' && id === 'html-delante';
    const listaAlumnos = course.listaAlumnos.filter(
      ({ rutAlumno }) => all || blind || ruts.has(Number(rutAlumno)),
    );
    await this.#send({ ...course, listaAlumnos });
  }

  /** Leaves out what is lower than what was accepted. */
  #sane(state: Curso, before: Curso): Curso {
    if (this.#defecto === 'insiste-con-el-menor') return state;
    const listaAlumnos = state.listaAlumnos.filter(({ porcentajeAvance }, index) => {
      const former = before.listaAlumnos[index]?.porcentajeAvance ?? 0;
      return porcentajeAvance >= former;
    });
    return { ...state, listaAlumnos };
  }

  async #nights(course: Curso, ...moments: string[]): Promise<void> {
    const sends = this.#defecto === 'dos-veces-en-abril' ? moments : moments.slice(0, 1);
    for (const moment of sends) {
      const early = this.#defecto === 'antes-de-la-ventana' && moment.startsWith('2026-11') ? 3_600_000 : 0;
      this.#kit.reloj.set(new Date(Date.parse(moment) - early));
      await this.#send(course);
    }
    this.#kit.reloj.reset();
  }

  async #history(): Promise<string[]> {
    const query = new URLSearchParams({ rutOtec: this.#hoja.rutOtec, idSistema: '1350', token: this.#token });
    const answer: unknown = await (
      await fetch(`${this.#kit.url}/avance-sic/historialEnvios?${query}`)
    ).json();
    return Array.isArray(answer)
      ? answer.flatMap(({ listaregistros }) =>
          listaregistros.map((r: { oferta_cod: string }) => r.oferta_cod),
        )
      : [];
  }

  async #send(course: Curso): Promise<Rechazo[] | 503> {
    const answer = await fetch(`${this.#kit.url}/avance-sic/enviarAvance`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        rutOtec: this.#hoja.rutOtec,
        idSistema: 1350,
        token: this.#token,
        codigoEnvio: 'prueba',
        ...this.#spoilt(course),
      }),
      ...(this.#defecto === 'no-espera' &&
        course.codigoOferta === 'CERT-LENTA' && { signal: AbortSignal.timeout(100) }),
    });
    if (answer.status === 503) return 503;
    const text = await answer.text();
    const from = text.indexOf('{"id_proceso"');
    if (from < 0) return [];
    const { datosError = [] } = JSON.parse(text.slice(from)) as { datosError?: Rechazo[] };
    return datosError;
  }

  #spoilt(course: Curso): Curso {
    const { codigoOferta } = course;
    if (this.#defecto === 'campos-nuevos-en-v1' && codigoOferta === 'CERT-V1') {
      return mapAlumnos(course, (alumno) => ({ ...alumno, evaluacionFinal: 50 }));
    }
    if (this.#defecto === 'fechas-en-utc' && codigoOferta === 'CERT-FECHAS') {
      return mapAlumnos(course, (alumno) => ({ ...alumno, fechaFin: '2026-12-19' }));
    }
    if (codigoOferta !== 'CERT-NOMBRES') return course;
    return mapModulos(course, (modulo) => ({
      ...modulo,
      listaActividades: modulo.listaActividades.map(({ codigoActividad }) => ({
        codigoActividad:
          this.#defecto === 'corta-por-unidades'
            ? codigoActividad.slice(0, 50)
            : Array.from(codigoActividad).slice(0, 50).join(''),
      })),
    }));
  }
}

function mapAlumnos(course: Curso, change: (alumno: Alumno) => Alumno): Curso {
  return { ...course, listaAlumnos: course.listaAlumnos.map(change) };
}

function mapModulos(course: Curso, change: (modulo: Modulo) => Modulo): Curso {
  return mapAlumnos(course, (alumno) => ({ ...alumno, listaModulos: alumno.listaModulos.map(change) }));
}
