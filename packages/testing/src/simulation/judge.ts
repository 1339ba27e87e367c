import { nightOf, openLedger, VENTANA_OFICIAL } from '@puente-sic/engine';
import { BENT, type Case, erasedOf, keyOf, type Violation } from './case.ts';
import { judgeNight } from './judge-night.ts';
import { judgeDeeds, judgeReconciled } from './judge-people.ts';
import { judgeDefects, judgeService } from './judge-service.ts';
import { FORGETTING, type Kind } from './kinds.ts';
import { putRight } from './scenario.ts';
import { HOUR, MINUTE } from './time.ts';
import type { ProviderTruth } from './truth.ts';
import type { World } from './world.ts';

/** Holds what SENCE's own store and the sources' truth say against what the ledger tells. */
export async function judge(world: World): Promise<Violation[]> {
  const ledger = await openLedger(world.datos);
  try {
    const violations: Violation[] = [];
    for (const provider of world.scenario.providers) {
      const rutOtec = provider.rutOtec;
      const of = <T extends { rutOtec: string }>(rows: T[]) => rows.filter((row) => row.rutOtec === rutOtec);
      const one: Case = {
        ...{ provider, world, records: await recordsOf(provider, world) },
        noches: of(await ledger.db.selectFrom('noche').selectAll().execute()),
        errores: of(await ledger.db.selectFrom('error').selectAll().execute()),
        dichos: of(await ledger.db.selectFrom('dicho').selectAll().execute()),
        envios: of(await ledger.db.selectFrom('envio').selectAll().execute()),
        registros: await ledger.db
          .selectFrom('registro')
          .innerJoin('envio', 'envio.codigoEnvio', 'registro.codigoEnvio')
          .select(['envio.idProceso', 'registro.rut', 'registro.codigoModulo', 'registro.resultado'])
          .where('envio.rutOtec', '=', rutOtec)
          .where('envio.estado', 'in', ['aceptado', 'parcial', 'rechazado'])
          .execute(),
        partida: of(await ledger.db.selectFrom('partida').selectAll().execute())[0] ?? null,
        aceptados: of(await ledger.db.selectFrom('aceptado').selectAll().execute()),
      };
      for (const noche of world.scenario.nights)
        violations.push(...judgeNight(one, noche), ...judgeService(one, noche));
      for (const deed of world.deeds.filter((deed) => deed.rutOtec === rutOtec)) {
        violations.push(...judgeReconciled(deed, world, one.records));
      }
      violations.push(
        ...judgeTwice(one),
        ...judge025(one),
        ...judgeLedger(one),
        ...judgeFates(one),
        ...judgeLine(one),
      );
    }
    return [...violations, ...judgeDeeds(world), ...judgeDefects(world)];
  } finally {
    await ledger.close();
  }
}

async function recordsOf({ rutOtec }: ProviderTruth, world: World): Promise<Case['records']> {
  const senders = new Map<number, string>();
  const repeated = new Set<number>();
  for (const { procesos, sender } of world.passages) {
    for (const [index, id] of procesos.entries()) {
      senders.set(id, sender);
      if (index > 0) repeated.add(id);
    }
  }
  return (await world.sence.records(rutOtec))
    .filter(({ idProceso }) => !repeated.has(idProceso))
    .map((record) => ({ ...record, rutOtec, sender: senders.get(record.idProceso) ?? 'nobody' }));
}

/** Records that a person wanted, or that are not ours. */
const ASKED_FOR = new Set(['other-tool', 'send-repetir']);

function judgeTwice({ records, world }: Case): Violation[] {
  const groups = new Map<string, Case['records']>();
  for (const record of records) {
    // Of whom a person had us forget everything it is not known either that it went.
    if (ASKED_FOR.has(record.sender) || erasedOf(world).has(record.rut)) continue;
    const key = [record.noche, record.codigoOferta, record.rut, record.codigoModulo].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups].flatMap(([key, group]): Violation[] => {
    const detail = `${key}: ${group.map(({ porcentaje, sender, accepted }) => `${porcentaje} by ${sender}${accepted ? '' : ' refused'}`).join(', ')}`;
    const accepted = group.filter((record) => record.accepted).map(({ says }) => says);
    const found: Violation[] = [];
    if (new Set(accepted).size < accepted.length) found.push({ invariant: 'recorded-twice', detail });
    else if (group.filter(({ sender }) => sender === 'service').length > 1) {
      found.push({ invariant: 'sent-twice-in-window', detail });
    }
    return found;
  });
}

function judge025({ records, world }: Case): Violation[] {
  const erased = erasedOf(world);
  const last = new Map<string, Case['records'][number]>();
  return records.flatMap((record): Violation[] => {
    const key = `${record.codigoOferta} ${record.rut} ${record.codigoModulo}`;
    const former = last.get(key);
    if (record.accepted) last.set(key, record);
    if (record.accepted || former === undefined || record.sender === 'other-tool') return [];
    if (record.porcentaje >= former.porcentaje || erased.has(record.rut)) return [];
    if (former.sender === 'other-tool' && !wasSynchronised(world, former, record)) return [];
    return [
      {
        invariant: former.sender === 'other-tool' ? 'known-025' : 'own-025',
        detail: `${key}: ${record.porcentaje} after ${former.porcentaje} by ${former.sender}`,
      },
    ];
  });
}

/** Whether a history that had the former was taken over before the later was sent. */
function wasSynchronised(
  { deeds, hits }: World,
  former: Case['records'][number],
  later: Case['records'][number],
): boolean {
  if (BENT.some((kind) => hits[kind] !== undefined)) return false;
  return deeds.some(
    ({ synchronised, from, to }) =>
      synchronised?.some(({ rutOtec, falla }) => falla === null && rutOtec === former.rutOtec) &&
      from >= former.recibidoEn &&
      to <= later.recibidoEn - MINUTE,
  );
}

function judgeLedger({ provider, aceptados, envios, records, partida, world }: Case): Violation[] {
  const found: Violation[] = envios
    .filter(
      ({ estado }) => ['preparado', 'enviando', 'incierto'].includes(estado) && !isShut(provider, world),
    )
    .map(({ noche, estado, codigoOferta }) => ({
      invariant: 'never-settled',
      detail: `${noche} ${codigoOferta} ${estado}`,
    }));
  const erased = erasedOf(world);
  // Nobody has sent since it forgot, so that nobody has asked what SENCE has.
  const isUnread = partida === null ? envios.length + aceptados.length === 0 : partida.leido === null;
  const hasMet = (kinds: readonly Kind[]) => kinds.some((kind) => world.hits[kind] !== undefined);
  // A ledger that forgot, and a history that cannot be read as a whole: its last days are enough to go on. And a send of
  // version 1 that was denied and recorded: behind a list that is cut there is no name to ask for it by.
  const isNameless = world.scenario.version === 1 && hasMet(['history-cut']);
  const mayLack = (hasMet(FORGETTING) && hasMet(BENT)) || isNameless;
  const hasSynchronised = world.deeds.some(({ kind }) => kind === 'synchronise');
  const keys = new Set([...aceptados, ...records.filter(({ accepted }) => accepted)].map(keyOf));
  for (const key of keys) {
    // Known without its group, and later with it: the later one counts.
    const row = aceptados
      .filter((item) => keyOf(item) === key)
      .reduce<Case['aceptados'][number] | undefined>((a, b) => (a && a.cuando > b.cuando ? a : b), undefined);
    const store = records.filter((record) => record.accepted && keyOf(record) === key);
    const ours = store.filter(({ sender }) => sender !== 'other-tool');
    if (erased.has(key.split(' ')[1] ?? '') || (ours.length === 0 && row === undefined)) continue;
    if (isUnread || (row === undefined && mayLack)) continue;
    // Ours, and whatever another tool has put there since: of its sends the ledger may know any.
    const own = ours.at(-1);
    const right = store.slice(own === undefined ? 0 : store.indexOf(own)).map(({ porcentaje }) => porcentaje);
    if (row !== undefined && right.some((value) => Math.abs(value - row.porcentajeAvance) < 1e-4)) continue;
    const says = row === undefined ? 'nothing' : String(row.porcentajeAvance);
    found.push({
      invariant: 'ledger-wrong',
      detail: `${key}: SENCE has ${right.join(' or ') || 'nothing'}, the ledger says ${says}${hasSynchronised ? ' (synchronised)' : ''}`,
    });
  }
  return found;
}

/** With a token that is refused nobody is asked any more that night, and nothing can be settled. */
function isShut({ rutOtec }: ProviderTruth, { passages, scenario }: World): boolean {
  const refused = passages.filter(
    (one) =>
      one.rutOtec === rutOtec &&
      one.sender === 'service' &&
      one.refusedToken &&
      one.at > scenario.end - 20 * HOUR,
  );
  return refused.length >= 8;
}

function judgeFates({ registros, records }: Case): Violation[] {
  const stored = new Map<string, boolean>();
  for (const { idProceso, rut, codigoModulo, accepted } of records)
    stored.set(`${idProceso} ${rut} ${codigoModulo}`, accepted);
  return registros.flatMap(({ idProceso, rut, codigoModulo, resultado }): Violation[] => {
    const isAccepted = stored.get(`${idProceso} ${rut} ${codigoModulo}`);
    if (isAccepted === undefined || isAccepted === (resultado === 'aceptado')) return [];
    return [{ invariant: 'fate-wrong', detail: `${idProceso} ${rut} ${codigoModulo}: ${resultado}` }];
  });
}

function judgeLine({ provider, world }: Case): Violation[] {
  const own = world.passages.filter(
    ({ rutOtec, sender }) => rutOtec === provider.rutOtec && sender === 'service',
  );
  const found: Violation[] = [];
  // How often a token was refused, and until when to wait, is forgotten with the ledger.
  const forgotten = world.scenario.acts.flatMap(({ kind, at }) => (FORGETTING.includes(kind) ? at : []));
  for (const noche of world.scenario.nights) {
    const { start, end } = nightOf(noche, VENTANA_OFICIAL);
    const during = own.filter(
      ({ at, refusedToken }) => refusedToken && at >= start.getTime() && at < end.getTime(),
    );
    const most = Math.max(
      ...[0, ...forgotten].map((from) => {
        const until = Math.min(...forgotten.filter((at) => at > from), Number.POSITIVE_INFINITY);
        return during.filter(({ at }) => at >= from && at < until).length;
      }),
    );
    // Another token is tried anew.
    const tokens = world.scenario.acts.filter(
      ({ kind, rutOtec, at }) =>
        kind === 'mend-token' && rutOtec === provider.rutOtec && at > start.getTime() && at < end.getTime(),
    );
    if (most > 12 * (1 + tokens.length))
      found.push({ invariant: 'token-hammered', detail: `${noche}: ${most} requests` });
  }
  const jumps = world.scenario.acts
    .filter(({ kind }) => kind === 'clock-step')
    .flatMap((act) => [act.at, putRight(act)]);
  const ignored = own.find(
    ({ at: asked, waitSince, waitUntil }) =>
      waitSince !== null &&
      waitUntil !== null &&
      // By a clock that was put forward meanwhile the time is over.
      !jumps.some((at) => at > waitSince && at < waitUntil) &&
      !forgotten.some((at) => at >= asked && at < waitUntil) &&
      // Who dies before the answer, or over it, cannot keep to it.
      !world.downtimes.some(({ from }) => from >= asked && from < waitSince + MINUTE) &&
      own.some(({ at }) => at > waitSince + 1_000 && at < waitUntil - MINUTE),
  );
  if (ignored !== undefined)
    found.push({ invariant: 'retry-after-ignored', detail: `at ${new Date(ignored.at).toISOString()}` });
  return found;
}
