import { type CursoRow, cursosSeen, markNotAsked } from '../ledger/cursos.ts';
import { replaceDichos } from '../ledger/dichos.ts';
import { isPlanned, type NocheRow, pendingRows, planNoche, updateNoche } from '../ledger/noches.ts';
import { withSaidCourses } from '../plan/chosen.ts';
import type { Night } from '../window.ts';
import { isFirst } from './note-reading.ts';
import type { Provider, ServeContext } from './types.ts';
import { UNKNOWN_COURSES, unitsOf } from './units.ts';

/**
 * Writes down which courses a provider's night has; of one that sends all, one row per source until it is read.
 * @returns those that are not settled.
 */
export async function planNight(
  configured: Provider,
  { noche }: Night,
  desde: Date,
  { ledger: { db }, clock, onEvent }: ServeContext,
): Promise<NocheRow[]> {
  const rutOtec = configured.otec.rut;
  const now = clock();
  const provider = await withSaidCourses(db, configured);
  const given = new Set(provider.cursos && unitsOf(provider).map((unit) => keyOf(unit)));
  if (await isPlanned(db, rutOtec, noche)) {
    const pending = await pendingRows(db, rutOtec, noche);
    const unasked = new Set(pending.filter((row) => isUnasked(row)));
    await closeUnasked(unasked);
    return pending.filter((row) => !unasked.has(row));
  }

  for (const row of await cursosSeen(db, rutOtec)) if (isUnasked(row)) await tellUnasked(row);
  const units = unitsOf(provider);
  const whole = { fuente: UNKNOWN_COURSES, curso: UNKNOWN_COURSES };
  const nothing = {
    rutOtec,
    noche,
    ...whole,
    estado: 'hecha' as const,
    motivo: 'No hay cursos que informar.',
  };
  const planned = units.map((unit) => ({
    rutOtec,
    noche,
    ...unit,
    estado: 'pendiente' as const,
    motivo: null,
  }));
  const all = planned.length > 0 ? planned : [nothing];
  await planNoche(
    db,
    all.map((row) => ({ ...row, desde: desde.toISOString() })),
    now,
  );
  if (provider.cursos) onEvent?.({ kind: 'night', rutOtec, noche, courses: units.length });
  return pendingRows(db, rutOtec, noche);

  function isUnasked(unit: Pick<CursoRow, 'fuente' | 'curso'>): boolean {
    // Of a provider that sends all that its sources have, what was sent out is a source.
    if (provider.cursos === undefined) {
      return unit.fuente !== UNKNOWN_COURSES && !provider.sources.some(({ name }) => name === unit.fuente);
    }
    return unit.curso !== UNKNOWN_COURSES && !given.has(keyOf(unit));
  }

  /** Settings were changed while the night goes on. */
  async function closeUnasked(unasked: Iterable<NocheRow>): Promise<void> {
    for (const row of unasked) {
      await updateNoche(db, row, { estado: 'hecha', causa: null, motivo: TAKEN_OUT }, now);
      for (const seen of await cursosSeen(db, rutOtec))
        if (keyOf(seen) === keyOf(row)) await tellUnasked(seen);
      onEvent?.({ kind: 'done', rutOtec, noche, curso: row.curso, envios: [], tarde: false });
    }
  }

  /** In grey, and once. */
  async function tellUnasked(row: CursoRow): Promise<void> {
    if (row.visto === null || !isFirst(row.noPedido, noche)) return;
    const { codigoOferta, codigoGrupo, titulo, fuente, curso } = row;
    const which = { codigoOferta, codigoGrupo, titulo };
    const dicho = {
      ...which,
      causa: 'no-se-pide',
      gravedad: 'gris',
      mensaje: TAKEN_OUT,
      queHacer: '',
    } as const;
    await replaceDichos(db, { rutOtec, noche, fuente, curso }, [dicho]);
    await markNotAsked(db, row, noche);
  }
}

function keyOf({ fuente, curso }: Pick<CursoRow, 'fuente' | 'curso'>): string {
  return JSON.stringify([fuente, curso]);
}

const TAKEN_OUT = 'Se sacó de los cursos que se informan: no se informa más.';
