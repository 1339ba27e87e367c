import type { Alumno, Curso } from '@puente-sic/protocol';

interface Hoja {
  rutOtec: string;
  token: string;
  tokenMalo: string;
  escenarios: { id: string; estados: Curso[] }[];
}

/** How a call leaves: all that `fetch` takes. */
export interface Wire {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | Uint8Array | ReadableStream;
}

type Loose = Record<string, unknown>;

/** A body on its way out, its parts as loose as a faulty program may make them. */
export interface Cuerpo extends Loose {
  codigoOferta: string;
  listaAlumnos: (Loose & { listaModulos: (Loose & { listaActividades: Loose[] })[] })[];
}

/** What a program does in its own way; a right one where it says nothing. */
export interface Habits {
  perfil?: 'version-1' | 'version-2';
  body?(cuerpo: Cuerpo): void;
  wire?(wire: Wire, codigoOferta: string): Wire;
  parts?(curso: Curso): Curso[];
  partsAtOnce?: boolean;
  /** What it asks the history after a cut; gives whether the send is there. */
  arrived?(program: Program, part: Curso, codigoEnvio: string): Promise<boolean>;
  /** Before the first try of every part. */
  beforeSend?(program: Program): Promise<void>;
  /** Seconds by the kit's clock between a 503 and the next try. */
  pause?: number;
  /** After a send that followed a 503 was answered. */
  after503?(program: Program, part: Curso): Promise<void>;
  /** What of a later state of the LMS goes. */
  later?(state: Curso, first: Curso): Curso;
  /** What goes again after a refusal; none: nothing does. */
  resend?(curso: Curso, refused: Curso): Curso | null;
  /** Instants at which a night's course is sent. */
  night?(send: string): string[];
  historyAddress?: string;
}

const NIGHTS: Record<string, { noon: string; send: string; morning: string }> = {
  noche: {
    noon: '2026-11-10T12:00:00-03:00',
    send: '2026-11-10T23:05:00-03:00',
    morning: '2026-11-11T08:00:00-03:00',
  },
  'cambio-abril': {
    noon: '2026-04-04T12:00:00-03:00',
    send: '2026-04-04T23:05:00-04:00',
    morning: '2026-04-05T08:00:00-04:00',
  },
  'cambio-septiembre': {
    noon: '2026-09-05T12:00:00-04:00',
    send: '2026-09-05T22:05:00-04:00',
    morning: '2026-09-06T08:00:00-03:00',
  },
};

/** A vendor's program, written from the kit's page alone; right but for its habits. */
export class Program {
  readonly #base: string;
  readonly #hoja: Hoja;
  readonly #habits: Habits;
  #sends = 0;

  private constructor(base: string, hoja: Hoja, habits: Habits) {
    this.#base = base;
    this.#hoja = hoja;
    this.#habits = habits;
  }

  /** `base`: the kit's address of the API. */
  static async at(base: string, habits: Habits): Promise<Program> {
    const hoja = await fetch(new URL('/certificacion/hoja.json', base));
    return new Program(base, (await hoja.json()) as Hoja, habits);
  }

  async run(): Promise<void> {
    await this.history({ token: this.#hoja.tokenMalo });
    await this.history();
    const left = { 'version-1': 'version-2', 'version-2': 'version-1', '': '' }[this.#habits.perfil ?? ''];
    for (const { id, estados } of this.#hoja.escenarios) {
      const [first, ...later] = estados;
      if (!first || id === left) continue;
      const night = NIGHTS[id];
      await (night ? this.#night(first, night) : this.#course(id, first, later));
    }
  }

  async #course(id: string, first: Curso, later: Curso[]): Promise<void> {
    const refused = await this.deliver(first);
    for (const state of later) {
      await this.clock({ avanzar: 86_400 });
      await this.deliver((this.#habits.later ?? withoutFallen)(state, first));
    }
    if (refused.listaAlumnos.length === 0 || id === 'curso-rechazado') return;
    const again = this.#habits.resend ? this.#habits.resend(first, refused) : refused;
    if (again) await this.deliver(again);
  }

  async #night(course: Curso, { noon, send, morning }: (typeof NIGHTS)[string]): Promise<void> {
    await this.clock({ ahora: noon });
    for (const ahora of this.#habits.night?.(send) ?? [send]) {
      await this.clock({ ahora });
      await this.deliver(course);
    }
    await this.clock({ ahora: morning });
    await this.clock({ real: true });
  }

  /** Sends a course in its parts, each until its outcome is known; gives what was refused of it. */
  async deliver(course: Curso): Promise<Curso> {
    const parts = (this.#habits.parts?.(course) ?? [course]).filter(
      ({ listaAlumnos }) => listaAlumnos.length > 0,
    );
    const refused = new Set<number>();
    const one = async (part: Curso) => {
      for (const rut of await this.#part(part)) refused.add(rut);
    };
    if (this.#habits.partsAtOnce) await Promise.all(parts.map(one));
    else for (const part of parts) await one(part);
    return {
      ...course,
      listaAlumnos: course.listaAlumnos.filter(({ rutAlumno }) => refused.has(Number(rutAlumno))),
    };
  }

  async #part(part: Curso): Promise<number[]> {
    const codigoEnvio = `envio-${++this.#sends}`;
    let met503 = false;
    await this.#habits.beforeSend?.(this);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const answer = await this.send(part, codigoEnvio);
      if (answer?.status === 503) {
        met503 = true;
        await this.clock({ avanzar: this.#habits.pause ?? 7 });
      } else if (answer) {
        if (met503) await this.#habits.after503?.(this, part);
        return refusedIn(answer.text);
      } else if (await (this.#habits.arrived ?? askByCode)(this, part, codigoEnvio)) return [];
    }
    return [];
  }

  /** One call of enviarAvance; null where no answer came. */
  async send(part: Curso, codigoEnvio: string): Promise<{ status: number; text: string } | null> {
    const { rutOtec, token } = this.#hoja;
    const identity = { rutOtec, idSistema: 1350, token: token.toUpperCase() };
    const cuerpo = structuredClone({ ...identity, ...part, codigoEnvio }) as unknown as Cuerpo;
    this.#habits.body?.(cuerpo);
    const plain: Wire = {
      url: `${this.#base}/avance-sic/enviarAvance`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(cuerpo),
    };
    const { url, ...init } = this.#habits.wire?.(plain, part.codigoOferta) ?? plain;
    try {
      const answer = await fetch(url, { ...init, duplex: 'half' } as RequestInit);
      return { status: answer.status, text: await answer.text() };
    } catch {
      return null;
    }
  }

  /** The courses that the history names. */
  async history(more: Record<string, string> = {}): Promise<string[]> {
    const { rutOtec, token } = this.#hoja;
    const query = new URLSearchParams({ rutOtec, idSistema: '1350', token: token.toUpperCase(), ...more });
    const address = this.#habits.historyAddress ?? 'historialEnvios';
    const answer: unknown = await (await fetch(`${this.#base}/avance-sic/${address}?${query}`)).json();
    return Array.isArray(answer)
      ? answer.flatMap(({ listaregistros }) =>
          listaregistros.map((each: { oferta_cod: string }) => each.oferta_cod),
        )
      : [];
  }

  async clock(fields: object): Promise<void> {
    await fetch(new URL('/certificacion/reloj', this.#base), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fields),
    });
  }

  get tokenMalo(): string {
    return this.#hoja.tokenMalo;
  }
}

/** What a right program asks after a cut. */
export async function askByCode(program: Program, { codigoOferta }: Curso, codigo_externo: string) {
  return (await program.history({ codigo_externo })).includes(codigoOferta);
}

/** Without those whose percentage would fall. */
function withoutFallen(state: Curso, first: Curso): Curso {
  const before = (at: number) => first.listaAlumnos[at]?.porcentajeAvance ?? 0;
  return {
    ...state,
    listaAlumnos: state.listaAlumnos.filter((each, at) => each.porcentajeAvance >= before(at)),
  };
}

function refusedIn(text: string): number[] {
  const from = text.indexOf('{"id_proceso"');
  if (from < 0) return [];
  const { datosError = [] } = JSON.parse(text.slice(from)) as { datosError?: { alumno: Alumno | null }[] };
  return datosError.flatMap(({ alumno }) => (alumno ? [Number(alumno.rutAlumno)] : []));
}
