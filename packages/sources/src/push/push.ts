import { santiagoDateTime } from '@puente-sic/protocol';
import { EntitySource, type EntitySourceOptions } from '../entidades/source.ts';
import { failure, warning } from '../rules/findings.ts';
import {
  type CourseSelection,
  type NotGiven,
  type Reading,
  type ReadRequest,
  SourceError,
} from '../source.ts';
import { Inbox, type Snapshot } from './store.ts';
import { inboxTables } from './tables.ts';

/** A source of `tipo: push` in puente.yaml. */
export interface PushSettings extends EntitySourceOptions {
  /** Hours after which a course that was not delivered again is not given. */
  maxHoras?: number;
}

const MAX_HOURS = 24;

/**
 * What a platform delivers by itself, as the entities of docs/entidades.md.
 * @throws SourceError `wrong` for a rule that makes no sense.
 */
export function pushSource(settings: PushSettings): PushSource {
  return new PushSource(settings);
}

export class PushSource extends EntitySource {
  readonly #settings: PushSettings;

  constructor(settings: PushSettings) {
    super(settings, (_, work) =>
      withInbox(settings, (inbox) => inbox.reading(() => work(inboxTables(inbox)))),
    );
    this.#settings = settings;
  }

  /** As of what came until now; a course that has not come for too long is not given. */
  override async read(request: ReadRequest): Promise<Reading> {
    // Before the rows: what comes between is read the next time, and never takes the former ones for fresh.
    const { late, held } = await withInbox(this.#settings, (inbox) => this.#waiting(inbox));
    return this.#withoutStale(await super.read(request), request, late, held);
  }

  #waiting(inbox: Inbox): { late: Map<string, Date>; held: Snapshot[] } {
    const { maxHoras = MAX_HOURS, clock = () => new Date() } = this.#settings;
    const oldest = clock().getTime() - maxHoras * 3_600_000;
    const late = inbox.snapshots().filter(({ received }) => received < oldest);
    return {
      late: new Map(late.map(({ id, received }) => [id, new Date(received)])),
      held: inbox.allHeld(),
    };
  }

  #withoutStale(
    reading: Reading,
    { courses: asked }: ReadRequest,
    late: ReadonlyMap<string, Date>,
    held: readonly Snapshot[],
  ): Reading {
    const { maxHoras = MAX_HOURS } = this.#settings;
    const waiting = held.map(({ id, received, people }) =>
      warning({
        message: `La entrega del curso «${id}» del ${santiagoDateTime(new Date(received))} trae muchas menos personas (${people}) que la anterior, y está retenida: se informa la anterior.`,
        fix: 'Si es correcta, acéptela con «puente fuente aceptar». Si no, la plataforma debe entregar el curso completo.',
      }),
    );
    const notGiven = [...new Set(reading.courses.map(({ id }) => id))].flatMap((id): NotGiven[] => {
      const since = late.get(id);
      if (since === undefined) return [];
      const entries = asked?.filter(({ curso }) => curso.trim() === id) ?? [null];
      return entries.map((entry) => tooLate(id, entry, since, maxHoras));
    });
    return {
      ...reading,
      courses: reading.courses.filter(({ id }) => !late.has(id)),
      notGiven: [...reading.notGiven, ...notGiven],
      findings: [...reading.findings, ...waiting],
    };
  }
}

/** @throws SourceError where nothing is kept: no folder, or a file that cannot be used. */
export async function withInbox<T>(
  { name, stateDir }: Pick<PushSettings, 'name' | 'stateDir'>,
  work: (inbox: Inbox) => T | Promise<T>,
): Promise<T> {
  if (stateDir === undefined)
    throw new SourceError(
      'wrong',
      `La plataforma todavía no ha entregado nada a la fuente «${name}».`,
      'Inicie «puente servir», cree una clave con «puente fuente clave» y entregue un curso: docs/entregas.md.',
    );
  const inbox = Inbox.of(name, stateDir);
  try {
    return await work(inbox);
  } finally {
    inbox.close();
  }
}

function tooLate(curso: string, asked: CourseSelection | null, since: Date, hours: number): NotGiven {
  return {
    ...{ curso, asked },
    cause: 'down',
    issues: [
      failure({
        message: `La plataforma no entrega el curso «${curso}» desde el ${santiagoDateTime(since)}, hace más de ${hours} horas.`,
        fix: 'Revise por qué la plataforma dejó de entregarlo. En cuanto lo entregue, se informa.',
      }),
    ],
  };
}
