import type { Curso } from '@puente-sic/protocol';
import { bodyOf, type Defecto, type Estilo, SPOILT } from './defects.ts';

interface Hoja {
  rutOtec: string;
  token: string;
  tokenMalo: string;
  escenarios: { id: string; estados: Curso[] }[];
}

interface Rechazo {
  alumno: { rutAlumno: number } | null;
}

type Salida = { kind: 'answered'; rechazos: Rechazo[] } | { kind: '503' } | { kind: 'cut' };

const NIGHTS: Record<
  string,
  { noon: string; send: string; again?: string; early: string; late: string; morning: string }
> = {
  noche: {
    noon: '2026-11-10T12:00:00-03:00',
    send: '2026-11-10T22:10:00-03:00',
    early: '2026-11-10T21:10:00-03:00',
    late: '2026-11-11T00:10:00-03:00',
    morning: '2026-11-11T09:00:00-03:00',
  },
  'cambio-abril': {
    noon: '2026-04-04T12:00:00-03:00',
    send: '2026-04-04T23:10:00-03:00',
    again: '2026-04-04T23:10:00-04:00',
    early: '2026-04-04T21:10:00-03:00',
    late: '2026-04-05T00:10:00-04:00',
    morning: '2026-04-05T09:00:00-04:00',
  },
  'cambio-septiembre': {
    noon: '2026-09-05T12:00:00-04:00',
    send: '2026-09-05T23:30:00-04:00',
    early: '2026-09-05T21:10:00-04:00',
    late: '2026-09-06T01:10:00-03:00',
    morning: '2026-09-06T09:00:00-03:00',
  },
};

/** Where the sheet lets a course go more than once. */
const REPEATABLE = ['primer-envio', 'valores', 'version-1', 'version-2', 'mil-alumnos', 'igual', 'fechas'];

/** Works through the kit's scenarios as a vendor's program would, over HTTP alone; right but for its `defecto`. */
export class Sender {
  readonly #base: string;
  readonly #hoja: Hoja;
  readonly #defecto: Defecto | null;
  readonly #estilo: Estilo;
  #token: string;
  #envios = 0;

  private constructor(base: string, hoja: Hoja, defecto: Defecto | null, estilo: Estilo) {
    this.#base = base;
    this.#hoja = hoja;
    this.#defecto = defecto;
    this.#estilo = estilo;
    this.#token = defecto === 'token-en-minusculas' ? hoja.token : hoja.token.toUpperCase();
  }

  /** `base`: the kit's address of the API. */
  static async for(base: string, defecto: Defecto | null = null, estilo: Estilo = {}): Promise<Sender> {
    const hoja = await fetch(new URL('/certificacion/hoja.json', base));
    return new Sender(base, (await hoja.json()) as Hoja, defecto, estilo);
  }

  async everything(): Promise<void> {
    await this.#test();
    const courses = this.#hoja.escenarios.filter(({ id, estados }) => estados.length > 0 && !NIGHTS[id]);
    if (this.#estilo.aLaVez) await Promise.all(courses.map(({ id, estados }) => this.work(id, estados)));
    else for (const { id, estados } of courses) await this.work(id, estados);
    for (const [id, night] of Object.entries(NIGHTS)) await this.#night(id, night);
  }

  async only(...ids: string[]): Promise<void> {
    for (const { id, estados } of this.#hoja.escenarios) if (ids.includes(id)) await this.work(id, estados);
  }

  async work(id: string, [first, ...later]: Curso[]): Promise<void> {
    if (!first) return;
    if (id === 'version-1' && this.#estilo.perfil === 'version-2') return;
    if (id === 'version-2' && this.#estilo.perfil === 'version-1') return;
    const rechazos = await this.#deliver(first);
    const times = REPEATABLE.includes(id) ? (this.#estilo.veces ?? 1) : 1;
    for (let more = 1; more < times; more += 1) await this.#deliver(first);
    for (const [index, state] of later.entries()) await this.#deliver(this.#sane(state, first, index));
    if (id === 'curso-rechazado' && this.#defecto === 'repite-curso-ausente') {
      for (let more = 0; more < 2; more += 1) await this.#deliver(first);
    }
    const insists = id === 'desconocido' && this.#defecto === 'insiste-con-el-desconocido' ? 3 : 1;
    if (['parcial', 'html-delante', 'desconocido'].includes(id))
      for (let more = 0; more < insists; more += 1) await this.#resend(id, first, rechazos);
  }

  /** The connection test, with the bad token and with the right one. */
  async #test(): Promise<void> {
    const good = this.#token;
    this.#token = this.#hoja.tokenMalo;
    const times = this.#defecto === 'pregunta-61-veces' ? 61 : 2;
    for (let more = 0; more < times; more += 1) await this.#history();
    const course = this.#hoja.escenarios.find(({ id }) => id === 'primer-envio')?.estados[0];
    if (this.#defecto === 'insiste-con-token-malo' && course)
      for (let more = 0; more < 2; more += 1) await this.#deliver(course);
    this.#token = good;
    await this.#history();
    if (this.#defecto === 'rut-de-otra-otec') await this.#history({ rutOtec: '77124930-2' });
  }

  /** Sends a course in its parts, each until its outcome is known; gives what was refused. */
  async #deliver(course: Curso): Promise<Rechazo[]> {
    const { listaAlumnos } = course;
    const size = this.#estilo.parte ?? 200;
    const overlap = this.#defecto === 'partes-que-se-traslapan' ? 1 : 0;
    const rechazos: Rechazo[] = [];
    for (let at = 0; at < listaAlumnos.length; at += size)
      rechazos.push(
        ...(await this.#outcome({
          ...course,
          listaAlumnos: listaAlumnos.slice(Math.max(0, at - overlap), at + size),
        })),
      );
    return rechazos;
  }

  async #outcome(part: Curso): Promise<Rechazo[]> {
    const codigoEnvio = `e${++this.#envios}`;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const salida = await this.#send({ ...part, codigoEnvio });
      if (salida.kind === 'answered') return salida.rechazos;
      if (salida.kind === '503') {
        if (this.#defecto !== 'reintenta-sin-pausa') await this.#clock({ avanzar: 6 });
      } else if (await this.#arrived(part, codigoEnvio)) return [];
    }
    return [];
  }

  /** Whether the history has it, as well as this program asks. */
  async #arrived({ codigoOferta }: Curso, codigoEnvio: string): Promise<boolean> {
    const blind = ['reenvia-sin-preguntar', 'pregunta-por-otro-envio', 'pregunta-desde-manana'];
    if (codigoOferta === 'CERT-CORTE-1' && this.#defecto === 'reenvia-sin-preguntar') return false;
    if (codigoOferta === 'CERT-CORTE-2' && this.#defecto === 'repite-tras-un-corte') return false;
    if (codigoOferta === 'CERT-CORTE-1' && blind.includes(this.#defecto ?? '')) {
      await this.#history(
        this.#defecto === 'pregunta-desde-manana' ? { fechaDesde: '2999-01-01' } : { codigo_externo: 'otro' },
      );
      return false;
    }
    const whole = this.#estilo.historialEntero || this.#estilo.perfil === 'version-1';
    const found = await this.#history(whole ? {} : { codigo_externo: codigoEnvio });
    return found.includes(codigoOferta);
  }

  async #resend(id: string, course: Curso, rechazos: Rechazo[]): Promise<void> {
    const ruts = new Set(rechazos.map(({ alumno }) => Number(alumno?.rutAlumno)));
    const all =
      (this.#defecto === 'reenvia-todo' && id === 'parcial') ||
      (this.#defecto === 'no-lee-html' && id === 'html-delante');
    const listaAlumnos = course.listaAlumnos.filter(({ rutAlumno }) => all || ruts.has(Number(rutAlumno)));
    await this.#deliver({ ...course, listaAlumnos });
  }

  /** Leaves out what is lower than what was accepted. */
  #sane(state: Curso, before: Curso, index: number): Curso {
    if (this.#defecto === 'insiste-con-el-menor') return state;
    if (this.#estilo.pruebaElMenor && index === 0) return state;
    const listaAlumnos = state.listaAlumnos.filter(({ porcentajeAvance }, at) => {
      const former = before.listaAlumnos[at]?.porcentajeAvance ?? 0;
      return porcentajeAvance >= former;
    });
    return { ...state, listaAlumnos };
  }

  async #night(
    id: string,
    { noon, send, again, early, late, morning }: (typeof NIGHTS)[string],
  ): Promise<void> {
    const course = this.#hoja.escenarios.find((each) => each.id === id)?.estados[0];
    if (!course) return;
    await this.#clock({ ahora: noon });
    const first = this.#defecto === 'antes-de-la-ventana' && id === 'noche' ? early : send;
    await this.#clock({
      ahora: this.#defecto === 'pasada-la-medianoche' && id === 'cambio-septiembre' ? late : first,
    });
    await this.#deliver(course);
    if (this.#defecto === 'dos-veces-en-abril' && again) {
      await this.#clock({ ahora: again });
      await this.#deliver(course);
    }
    await this.#clock({ ahora: morning });
    await this.#clock({ real: true });
  }

  async #history(more: Record<string, string> = {}): Promise<string[]> {
    const { rutOtec } = this.#hoja;
    const query = new URLSearchParams({ rutOtec, idSistema: '1350', token: this.#token, ...more });
    const answer: unknown = await (await fetch(`${this.#base}/avance-sic/historialEnvios?${query}`)).json();
    return Array.isArray(answer)
      ? answer.flatMap(({ listaregistros }) =>
          listaregistros.map((r: { oferta_cod: string }) => r.oferta_cod),
        )
      : [];
  }

  async #send(course: Curso): Promise<Salida> {
    const slow = course.codigoOferta === 'CERT-LENTA';
    const twice = this.#defecto === 'repite-mientras-espera' && slow;
    const sent = this.#post(course, slow && this.#defecto === 'no-espera' ? AbortSignal.timeout(100) : null);
    if (twice) await this.#post({ ...course, codigoEnvio: 'otra-vez' }, null);
    const answer = await sent.catch(() => null);
    if (answer === null) return { kind: 'cut' };
    if (answer.status === 503) return { kind: '503' };
    const from = answer.text.indexOf('{"id_proceso"');
    if (from < 0) return { kind: 'answered', rechazos: [] };
    const { datosError = [] } = JSON.parse(answer.text.slice(from)) as { datosError?: Rechazo[] };
    return { kind: 'answered', rechazos: datosError };
  }

  async #post(course: Curso, signal: AbortSignal | null): Promise<{ status: number; text: string }> {
    const { rutOtec } = this.#hoja;
    const cuerpo = { ...bodyOf(course), rutOtec, idSistema: 1350, token: this.#token };
    this.#estilo.spoil?.(cuerpo);
    const spoilt = SPOILT[this.#defecto ?? ''];
    if (spoilt && (spoilt.only ?? course.codigoOferta) === course.codigoOferta) spoilt.spoil(cuerpo);
    const types: Record<string, string> = {
      'como-formulario': 'application/x-www-form-urlencoded',
      'como-texto': 'text/plain',
    };
    const query = { 'token-en-la-direccion': `?token=${this.#token}`, 'rut-en-la-direccion': '?rut=1-9' };
    const answer = await fetch(
      `${this.#base}/avance-sic/enviarAvance${Object.entries(query).find(([name]) => name === this.#defecto)?.[1] ?? ''}`,
      {
        method: 'POST',
        headers: {
          'content-type': types[this.#defecto ?? ''] ?? this.#estilo.contentType ?? 'application/json',
        },
        body: `${this.#estilo.marca ? '\uFEFF' : ''}${JSON.stringify(cuerpo)}`,
        signal,
      },
    );
    return { status: answer.status, text: await answer.text() };
  }

  async #clock(fields: object): Promise<void> {
    await fetch(new URL('/certificacion/reloj', this.#base), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fields),
    });
  }
}
