import { EngineFailure, nightOf, VENTANA_OFICIAL } from '@puente-sic/engine';
import { StoreError } from '@puente-sic/store';
import { BENT, type Case, type Violation } from './case.ts';
import { FORGETTING, KINDS, type Kind } from './kinds.ts';
import { HOUR, MINUTE } from './time.ts';
import type { World } from './world.ts';

/** What puente itself met that it should not have: it fell, or it called something a defect that had no cause outside. */
export function judgeDefects(world: World): Violation[] {
  const { falls, defects, deeds, scenario } = world;
  const isPoisoned = (rutOtec: string | null) =>
    scenario.weather.some(
      ({ kind, rutOtec: whose }) => kind.startsWith('poison') && (rutOtec === null || rutOtec === whose),
    );
  // A process that waits for another's lock stops the other one too, here where both are one thread.
  const isWords = (error: unknown) => error instanceof StoreError || error instanceof EngineFailure;
  const untold = [
    ...defects,
    ...deeds.flatMap(({ error, from: at, rutOtec }) => (error ? { at, rutOtec, error } : [])),
  ].filter(({ error, rutOtec }) => !isWords(error) && !isPoisoned(rutOtec));
  return [
    ...falls.map(({ error }): Violation => ({ invariant: 'service-fell', detail: String(error) })),
    ...untold.map(({ error }): Violation => ({ invariant: 'defect', detail: String(error) })),
  ];
}

/** What the service does in a provider's night beside sending. */
export function judgeService(one: Case, noche: string): Violation[] {
  const { start, end } = nightOf(noche, VENTANA_OFICIAL);
  const night = { noche, start: start.getTime(), end: end.getTime() };
  return [
    ...judgeReadings(one, night),
    ...judgeMended(one, night),
    ...judgeFindings(one, night),
    ...judgeConfirmed(one, night),
  ];
}

interface Span {
  noche: string;
  start: number;
  end: number;
}

/** All courses of a source are read at once, and again only where it did not give everything. */
function judgeReadings({ provider, world }: Case, { noche, start, end }: Span): Violation[] {
  const { rutOtec } = provider;
  if (has(world, MACHINE) || has(world, ['poison-read', ...FORGETTING, 'mend-token'])) return [];
  const reads = world.readings.filter((one) => one.rutOtec === rutOtec && one.at >= start && one.at < end);
  const isWell = !world.scenario.weather.some(
    ({ kind, rutOtec: whose, from, to }) =>
      KINDS[kind] === 'source' && whose === rutOtec && from < end && to > start,
  );
  // A course that everybody has left is asked for again too.
  const hasLost = world.scenario.changes.some(({ kind }) => kind === 'leave');
  const most = isWell && !hasLost ? 1 : 7;
  if (reads.length <= most) return [];
  return [{ invariant: 'read-too-often', detail: `${noche} ${rutOtec}: ${reads.length} times` }];
}

/** A token that was mended in the window starts the night with the next question. */
function judgeMended({ provider, world }: Case, { noche, start, end }: Span): Violation[] {
  const { rutOtec } = provider;
  const { acts, weather, tickEvery } = world.scenario;
  const mended = acts.find(
    ({ kind, at, rutOtec: whose }) =>
      kind === 'mend-token' && whose === rutOtec && at > start + HOUR / 2 && at < end,
  );
  if (mended === undefined || has(world, MACHINE) || has(world, FORGETTING)) return [];
  const until = mended.at + tickEvery + 3 * MINUTE;
  const isHindered = weather.some(
    ({ kind, rutOtec: whose, from, to }) =>
      kind !== 'token-refused' && (whose === null || whose === rutOtec) && from < until && to > start,
  );
  // Who had nothing to send was refused nothing, and asks for nothing.
  const wasRefused = world.passages.some(
    ({ rutOtec: whose, sender, at, refusedToken }) =>
      whose === rutOtec && sender === 'service' && refusedToken && at >= start && at < mended.at,
  );
  const isAsked = world.passages.some(
    ({ rutOtec: whose, sender, at }) =>
      whose === rutOtec && sender === 'service' && at >= mended.at && at <= until,
  );
  if (isHindered || isAsked || !wasRefused) return [];
  return [{ invariant: 'token-mended-late', detail: `${noche} ${rutOtec}` }];
}

/** What a source told of a course in its last reading of the night is kept with the night. */
function judgeFindings({ provider, world, dichos }: Case, { noche, start, end }: Span): Violation[] {
  if (has(world, MACHINE) || has(world, [...FORGETTING, 'erase', 'poison-value'])) return [];
  return provider.courses.flatMap(({ id }): Violation[] => {
    const told = world.given.findLast(({ curso, at }) => curso === id && at >= start && at < end)?.finding;
    if (typeof told !== 'string') return [];
    const isKept = dichos.some(
      (dicho) => dicho.noche === noche && dicho.curso === id && dicho.mensaje.includes(told),
    );
    return isKept ? [] : [{ invariant: 'finding-untold', detail: `${noche} ${told}` }];
  });
}

/** "SENCE lo tiene" is said of what SENCE has, and by the morning of all that went well. */
function judgeConfirmed({ provider, world, envios, records }: Case, { noche }: Span): Violation[] {
  const { rutOtec } = provider;
  const stored = new Set(records.map(({ idProceso }) => idProceso));
  const sent = envios.filter(
    (envio) => envio.noche === noche && ['aceptado', 'parcial'].includes(envio.estado),
  );
  const wrong = sent.find(({ confirmado, idProceso }) => confirmado !== null && !stored.has(idProceso ?? -1));
  const isPlain = !has(world, [...MACHINE, ...BENT, ...FORGETTING, 'duplicate', 'other-tool', 'erase']);
  const isWell = !world.scenario.weather.some(
    (one) => KINDS[one.kind] === 'line' && (one.rutOtec === null || one.rutOtec === rutOtec),
  );
  const open = sent.find(({ confirmado, origen }) => confirmado === null && origen === 'servicio');
  const found: Violation[] = [];
  if (wrong !== undefined && !has(world, ['duplicate']))
    found.push({ invariant: 'confirmed-wrong', detail: `${noche} ${wrong.codigoEnvio}` });
  if (isPlain && isWell && open !== undefined)
    found.push({ invariant: 'never-confirmed', detail: `${noche} ${open.codigoEnvio}` });
  return found;
}

function has({ scenario }: World, kinds: readonly Kind[]): boolean {
  return [...scenario.weather, ...scenario.acts].some(({ kind }) => kinds.includes(kind));
}

const MACHINE = (Object.keys(KINDS) as Kind[]).filter((kind) => KINDS[kind] === 'machine');
