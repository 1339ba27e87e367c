import { StoreError } from '@puente-sic/store';
import { lecturasOf, saveLectura } from '../ledger/lecturas.ts';
import { type NocheRow, nocheRows, pendingRows, updateNoche } from '../ledger/noches.ts';
import { withSaidCourses } from '../plan/chosen.ts';
import type { Assigned } from '../plan/gather.ts';
import { erasedIn } from '../privacy/erasures.ts';
import { type Night, nextNight, reportedMoment, VENTANA_OFICIAL } from '../window.ts';
import { defectProblem } from './defect.ts';
import { type NotedUnit, noteReading } from './note-reading.ts';
import { isDueAt, MAX_READINGS, nextReading } from './pauses.ts';
import type { Problem } from './problem.ts';
import { readApart, readSource, type SourceReading } from './read-source.ts';
import type { ReadingRoom } from './room.ts';
import { GRACIA_DIAS, type Provider, type ServeContext, type ServeEvent } from './types.ts';
import { configsOf, nameOfUnit, rowKey, UNKNOWN_COURSES } from './units.ts';

/** A course that has been read and waits to be sent. */
export interface ReadUnit {
  trees: Assigned[];
  /** What was asked for and is not in `trees`: the course is not done when they are sent. */
  problem: Problem | null;
}

interface Held extends ReadUnit {
  /** Counted once: it is added up with each course that has been sent. */
  weight: number;
}

/** One provider's sources, read once a night for all courses; what was not given is read again a few times. */
export interface Readings {
  /**
   * Sources that must be read now for these rows, all pending; where nothing can be sent, only those that the night has
   * not read at all.
   */
  due(rows: readonly NocheRow[], night: Night, now: Date, canSend: boolean): Promise<string[]>;
  /** Reads one source for those of these rows that have no tree yet. Writes down what it shows. */
  read(fuente: string, rows: readonly NocheRow[], night: Night, signal: AbortSignal): Promise<void>;
  /** What was read of a course; undefined where nothing was, or is held no more. */
  of(row: NocheRow): ReadUnit | undefined;
  /** The course has been sent, or its night is over. */
  drop(row: NocheRow): void;
  /** What was read of it broke our own code: it is read anew, as often as what its source did not give. */
  spoil(row: NocheRow, night: Night): Promise<void>;
  dropAll(): void;
  /** Whether trees may be let go of where somebody else needs the room: nothing can be sent for the time being. */
  setIdle(isIdle: boolean): void;
}

export function readingsOf(
  provider: Provider,
  { room, ...context }: ServeContext & { room: ReadingRoom },
): Readings {
  const { otec, sources, graciaDias = GRACIA_DIAS } = provider;
  const { ledger, clock } = context;
  const { db, datos } = ledger;
  const rutOtec = otec.rut;
  const held = new Map<string, Held>();
  const claims = new Map<string, Map<string, string>>();
  let isIdle = false;
  const emit = (event: ServeEvent) => context.onEvent?.(event);
  const self: Readings = {
    async due(rows, { noche }, now, canSend) {
      const lecturas = await lecturasOf(db, rutOtec, noche);
      const waiting = rows.filter((row) => !held.has(rowKey(row)));
      return [...new Set(waiting.map(({ fuente }) => fuente))].filter((fuente) => {
        const lectura = lecturas.get(fuente);
        if (lectura === undefined) {
          return waiting.some((row) => row.fuente === fuente && isDueAt(row.desde, row.actualizado, now));
        }
        const isTime = isDueAt(lectura.proxima, lectura.actualizado, now);
        return canSend && lectura.lecturas < MAX_READINGS && isTime;
      });
    },
    async read(fuente, rows, night, signal) {
      const { noche } = night;
      const former = (await lecturasOf(db, rutOtec, noche)).get(fuente)?.lecturas ?? 0;
      try {
        await room.read(() => readNow(fuente, former, rows, night, signal));
      } catch (error) {
        // A reading that the ledger could not keep says nothing against the source.
        if (error instanceof StoreError) await giveBack(fuente, noche, former);
        throw error;
      }
    },
    of: (row) => held.get(rowKey(row)),
    drop(row) {
      if (held.delete(rowKey(row))) weigh();
    },
    async spoil(row, night) {
      if (!held.delete(rowKey(row))) return;
      weigh();
      const { noche } = night;
      const { fuente } = row;
      const lecturas = ((await lecturasOf(db, rutOtec, noche)).get(fuente)?.lecturas ?? 0) + 1;
      const now = clock();
      const proxima = nextReading(lecturas, now, endOf(night, now)).toISOString();
      await saveLectura(db, { rutOtec, noche, fuente, lecturas, proxima, actualizado: now.toISOString() });
    },
    dropAll() {
      if (held.size === 0) return;
      held.clear();
      weigh();
    },
    setIdle(idle) {
      if (idle === isIdle) return;
      isIdle = idle;
      weigh();
    },
  };
  return self;

  function weigh(): void {
    const records = [...held.values()].reduce((sum, { weight }) => sum + weight, 0);
    room.hold(self, records, isIdle ? () => self.dropAll() : null);
  }

  async function readNow(
    fuente: string,
    former: number,
    rows: readonly NocheRow[],
    night: Night,
    signal: AbortSignal,
  ): Promise<void> {
    const { noche } = night;
    const own = rows.filter((row) => row.fuente === fuente && !held.has(rowKey(row)));
    const isUnlisted = own.some(({ curso }) => curso === UNKNOWN_COURSES);
    const asked = isUnlisted ? null : own.map(({ curso }) => curso);
    const begun = clock();
    const next = nextReading(former + 1, begun, endOf(night, begun));
    const lectura = { rutOtec, noche, fuente, proxima: next.toISOString(), actualizado: begun.toISOString() };
    await saveLectura(db, { ...lectura, lecturas: former + 1 });

    const chosen = await withSaidCourses(db, provider);
    const cursos = asked === null ? undefined : own.flatMap((row) => configsOf(row, chosen));
    const reading = await attempt(fuente, {
      ...{ otec, at: reportedMoment(noche, begun), signal, claims: claimsOf(noche) },
      ...(cursos && { cursos }),
      isNamed: provider.cursos !== undefined,
    });
    if ('causa' in reading) return failed(fuente, own, night, reading, next);

    const desde = clock();
    const ofNight = (await nocheRows(db, rutOtec, noche)).filter((row) => row.fuente === fuente);
    const isAll = asked === null || asked.length === ofNight.length;
    const which = {
      ...{ rutOtec, noche, fuente, graciaDias, asked, isWhole: isAll, desde, onDefect: defectOf },
      isOnly: sources.length === 1,
      isNamed: provider.cursos !== undefined,
      isOwn: provider.fuentesPropias?.includes(fuente) ?? true,
      erasedAt: erasedIn(datos),
    };
    const noted = await noteReading(db, reading, which, desde);
    emit({ kind: 'condition', rutOtec, ...readable(fuente) });
    const isWhole = noted.every(({ problem }) => problem === null);
    // Only what did not give everything counts: a service that is started again reads anew.
    if (isWhole) await saveLectura(db, { ...lectura, lecturas: former, proxima: begun.toISOString() });
    const pending = await pendingRows(db, rutOtec, noche, fuente);
    for (const row of pending) {
      const unit = noted.find(({ curso }) => curso === row.curso);
      if (row.curso === UNKNOWN_COURSES) await listed(row, noted.length);
      else if (unit !== undefined) await take(row, unit, next);
    }
    weigh();
  }

  async function giveBack(fuente: string, noche: string, lecturas: number): Promise<void> {
    const now = clock().toISOString();
    await saveLectura(db, { rutOtec, noche, fuente, lecturas, proxima: now, actualizado: now });
  }

  async function attempt(
    fuente: string,
    request: Parameters<typeof readSource>[1],
  ): Promise<SourceReading | Problem> {
    const source = sources.find(({ name }) => name === fuente);
    if (source === undefined) {
      const motivo = `La fuente «${fuente}» ya no está en la configuración.`;
      return {
        causa: 'fuente',
        motivo,
        queHacer: 'Agréguela en Ajustes, o saque sus cursos de los que se informan.',
      };
    }
    try {
      return await readSource(source, { ...request, onDefect: defectOf });
    } catch (error) {
      context.onDefect?.({ rutOtec, haciendo: `la lectura de «${fuente}»`, error });
    }
    try {
      return await readApart(source, request, defectOf);
    } catch (error) {
      context.onDefect?.({ rutOtec, haciendo: `la lectura de «${fuente}», curso por curso`, error });
      return defectProblem(error);
    }
  }

  function defectOf(curso: string, error: unknown): void {
    context.onDefect?.({ rutOtec, haciendo: `la lectura del curso ${curso}`, error });
  }

  async function failed(
    fuente: string,
    rows: readonly NocheRow[],
    { noche }: Night,
    problem: Problem,
    next: Date,
  ): Promise<void> {
    const now = clock();
    const { causa, motivo, queHacer } = problem;
    for (const row of rows) {
      const intentos = row.intentos + 1;
      await updateNoche(db, row, { causa, motivo, intentos, desde: next.toISOString() }, now);
    }
    const curso = nameOfUnit({ fuente, curso: UNKNOWN_COURSES });
    emit({ kind: 'condition', rutOtec, clave: `fuente:${fuente}`, mal: true, mensaje: motivo, queHacer });
    emit({ kind: 'retry', rutOtec, noche, curso, motivo, next });
  }

  /** Which courses there are is known now: each has a row of its own. */
  async function listed(row: NocheRow, courses: number): Promise<void> {
    const motivo = courses === 0 ? 'No hay cursos que informar.' : null;
    await updateNoche(db, row, { estado: 'hecha', causa: null, motivo }, clock());
    emit({ kind: 'night', rutOtec, noche: row.noche, courses });
  }

  async function take(row: NocheRow, { trees, problem, motivo }: NotedUnit, next: Date): Promise<void> {
    const now = clock();
    const { noche, curso } = row;
    if (trees.length > 0) {
      const weight = trees.reduce((sum, one) => sum + sizeOf(one), 0);
      held.set(rowKey(row), { trees, problem, weight });
      const said = { causa: problem?.causa ?? null, motivo: problem?.motivo ?? null };
      if (problem !== null || row.causa !== null)
        await updateNoche(db, row, { ...said, desde: now.toISOString() }, now);
    } else if (problem !== null) {
      const intentos = row.intentos + 1;
      const { causa, motivo: why } = problem;
      await updateNoche(db, row, { causa, motivo: why, intentos, desde: next.toISOString() }, now);
      emit({ kind: 'retry', rutOtec, noche, curso, motivo: why, next });
    } else {
      await updateNoche(db, row, { estado: 'hecha', causa: null, motivo }, now);
      emit({ kind: 'done', rutOtec, noche, curso, envios: [], tarde: false });
    }
  }

  /** Where the night may be sent late, it lasts until the next one begins. */
  function endOf(night: Night, now: Date): Date {
    return now < night.end ? night.end : nextNight(night, provider.ventana ?? VENTANA_OFICIAL).start;
  }

  /** Of one night alone: the next one reads anew. */
  function claimsOf(noche: string): Map<string, string> {
    const own = claims.get(noche) ?? new Map<string, string>();
    if (!claims.has(noche)) claims.clear();
    claims.set(noche, own);
    return own;
  }
}

export function readable(
  fuente: string,
): Pick<Extract<ServeEvent, { kind: 'condition' }>, 'clave' | 'mal' | 'mensaje' | 'queHacer'> {
  return { clave: `fuente:${fuente}`, mal: false, mensaje: `«${fuente}» se lee bien.`, queHacer: '' };
}

/** Records (student × module), what a tree weighs by. */
function sizeOf({ tree }: Assigned): number {
  return tree.students.reduce((sum, { alumno }) => sum + (alumno.listaModulos?.length ?? 0) + 1, 0);
}
