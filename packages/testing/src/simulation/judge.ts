import { nightOf, openLedger, VENTANA_OFICIAL } from '@puente-sic/engine';
import type { Deed } from './acts.ts';
import type { Kind } from './kinds.ts';
import type { StoredRecord } from './sence.ts';
import { HOUR, MINUTE } from './time.ts';
import { troubleOf } from './trouble.ts';
import { type CourseTruth, type Person, type ProviderTruth, valuesBetween } from './truth.ts';
import type { World } from './world.ts';

/** What must never be, whatever befalls. */
export type Invariant =
  /** A figure that was true that night is not at SENCE, and nobody is told. */
  | 'lost-untold'
  /** The same, of a course that the ledger calls done. */
  | 'done-that-was-not'
  /** The same record of a night twice at SENCE, though nobody asked for it twice. */
  | 'recorded-twice'
  /** The service sent a student × module a second time within one night. */
  | 'sent-twice-in-window'
  /** SENCE refused a percentage for being lower than what we had sent ourselves. */
  | 'own-025'
  /** Nothing stood in a provider's way, and its night did not go out in time. */
  | 'held-up-by-another'
  /** What stood in its way was over an hour before the window's end, and it did not go out. */
  | 'not-sent-though-possible'
  /** The ledger says accepted what SENCE's store has not, or not so. */
  | 'ledger-wrong'
  | 'never-settled'
  /** More than a dozen requests in a night whose token is refused. */
  | 'token-hammered'
  | 'retry-after-ignored'
  /** A person's send gave nothing, and said nothing. */
  | 'silent-by-hand'
  | 'erased-remains'
  /** A difference was told that is none. */
  | 'reconcile-wrong';

export interface Violation {
  invariant: Invariant;
  detail: string;
}

interface Ledgered {
  noches: { rutOtec: string; noche: string; fuente: string; curso: string; estado: string }[];
  errores: {
    rutOtec: string;
    codigoOferta: string;
    rut: string | null;
    codigoModulo: string | null;
    desde: string;
    ultimaVez: string;
    cerrado: string | null;
  }[];
  envios: { codigoEnvio: string; rutOtec: string; codigoOferta: string; noche: string; estado: string }[];
  aceptados: { codigoOferta: string; rut: string; codigoModulo: string; porcentajeAvance: number }[];
}

/** One provider as it stands at the end: what is true, what SENCE has, what the ledger says. */
export interface Case extends Ledgered {
  provider: ProviderTruth;
  world: World;
  /** In the order of arrival, less what the line itself repeated. */
  records: (StoredRecord & { sender: string })[];
}

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
        envios: of(await ledger.db.selectFrom('envio').selectAll().execute()),
        aceptados: of(await ledger.db.selectFrom('aceptado').selectAll().execute()),
      };
      for (const noche of world.scenario.nights) violations.push(...judgeNight(one, noche));
      for (const deed of world.deeds.filter((deed) => deed.rutOtec === rutOtec)) {
        violations.push(...judgeReconciled(deed, world, one.records));
      }
      violations.push(...judgeTwice(one), ...judge025(one), ...judgeLedger(one), ...judgeLine(one));
    }
    return [...violations, ...judgeDeeds(world)];
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
    .map((record) => ({ ...record, sender: senders.get(record.idProceso) ?? 'nobody' }));
}

function judgeNight(one: Case, noche: string): Violation[] {
  const { provider, world } = one;
  const night = nightOf(noche, VENTANA_OFICIAL);
  const [start, end] = [night.start.getTime(), night.end.getTime()];
  const trouble = troubleOf(provider, world, { start, end });
  return provider.courses.flatMap((course) => {
    if (course.fin < noche) return [];
    const row = one.noches.find((item) => item.noche === noche && item.curso === course.id);
    const whole = one.noches.find(
      (item) => item.noche === noche && item.curso === '*' && item.estado !== 'hecha',
    );
    // Of whom a person had us forget everything nothing can be told.
    const people = course.people.filter(({ rut }) => !erasedOf(world).has(rut));
    const missing = people.flatMap((person) =>
      course.modulos.flatMap((codigoModulo, modulo) => {
        const due = valuesBetween(person, modulo, start - SLACK, end + SLACK);
        if (due === null) return [];
        const own = one.records.filter(
          (record) =>
            record.noche === noche && record.rut === person.rut && record.codigoModulo === codigoModulo,
        );
        const isThere = own.some(
          ({ accepted, porcentaje }) => accepted && isTrue(porcentaje, due, one, person, codigoModulo),
        );
        if (isThere || isToldOf(one, course, person, codigoModulo, end)) return [];
        return [{ person, codigoModulo, own }];
      }),
    );
    const [first] = missing;
    if (first === undefined) return [];
    const detail = `${noche} ${course.id} ${first.person.rut} ${first.codigoModulo} (${missing.length} in all), row ${row?.estado ?? 'none'}, at SENCE ${JSON.stringify(first.own.map(({ porcentaje, accepted }) => [porcentaje, accepted]))}`;
    const found: Violation[] = [];
    const isTold = whole !== undefined || (row !== undefined && row.estado !== 'hecha');
    const wasEverKnown =
      provider.named ||
      row !== undefined ||
      one.records.some((record) => record.codigoOferta === course.codigoOferta && record.noche < noche);
    if (row?.estado === 'hecha') found.push({ invariant: 'done-that-was-not', detail });
    else if (!isTold && wasEverKnown) found.push({ invariant: 'lost-untold', detail });
    if (trouble === 'none') found.push({ invariant: 'held-up-by-another', detail });
    if (trouble === 'over-in-time') found.push({ invariant: 'not-sent-though-possible', detail });
    return found;
  });
}

/** A value is right if it was true that night, or is the one kept by the course's policy for figures that fell. */
function isTrue(
  value: number,
  due: Set<number>,
  { provider, records }: Case,
  person: Person,
  codigoModulo: string,
): boolean {
  if ([...due].some((one) => Math.abs(one - value) < 0.51)) return true;
  const kept = records.some(
    (record) =>
      record.accepted &&
      record.rut === person.rut &&
      record.codigoModulo === codigoModulo &&
      record.porcentaje === value,
  );
  return provider.descenso === 'mantener' && kept;
}

/** Somebody who looks is told of this record: refused, held, or with the course as a whole. */
function isToldOf(
  { errores }: Case,
  course: CourseTruth,
  person: Person,
  codigoModulo: string,
  end: number,
): boolean {
  return errores.some(
    (error) =>
      error.codigoOferta === course.codigoOferta &&
      (error.rut === null || error.rut === person.rut) &&
      (error.codigoModulo === null || error.codigoModulo === codigoModulo) &&
      Date.parse(error.desde) <= end + 12 * HOUR &&
      (error.cerrado === null || Date.parse(error.cerrado) >= end - 12 * HOUR),
  );
}

function judgeTwice({ records }: Case): Violation[] {
  const groups = new Map<string, Case['records']>();
  for (const record of records) {
    if (record.sender === 'other-tool') continue;
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

function erasedOf({ deeds }: World): Set<string> {
  return new Set(deeds.flatMap(({ erased }) => erased ?? []));
}

function judge025({ records, world }: Case): Violation[] {
  const erased = erasedOf(world);
  const last = new Map<string, Case['records'][number]>();
  return records.flatMap((record): Violation[] => {
    const key = `${record.codigoOferta} ${record.rut} ${record.codigoModulo}`;
    const former = last.get(key);
    if (record.accepted) last.set(key, record);
    if (record.accepted || former === undefined || former.sender === 'other-tool') return [];
    if (record.porcentaje >= former.porcentaje || erased.has(record.rut)) return [];
    return [
      {
        invariant: 'own-025',
        detail: `${key}: ${record.porcentaje} after ${former.porcentaje} by ${former.sender}`,
      },
    ];
  });
}

function judgeLedger({ aceptados, envios, records, world }: Case): Violation[] {
  const found: Violation[] = envios
    .filter(({ estado }) => ['preparado', 'enviando', 'incierto'].includes(estado))
    .map(({ noche, estado, codigoOferta }) => ({
      invariant: 'never-settled',
      detail: `${noche} ${codigoOferta} ${estado}`,
    }));
  const erased = erasedOf(world);
  const hasSynchronised = world.deeds.some(({ kind }) => kind === 'synchronise');
  const keys = new Set([...aceptados, ...records.filter(({ accepted }) => accepted)].map(keyOf));
  for (const key of keys) {
    const row = aceptados.find((item) => keyOf(item) === key);
    const store = records.filter((record) => record.accepted && keyOf(record) === key);
    const ours = store.filter(({ sender }) => sender !== 'other-tool');
    if (erased.has(key.split(' ')[1] ?? '') || (ours.length === 0 && row === undefined)) continue;
    const right = [ours.at(-1), store.at(-1)].flatMap((record) => record?.porcentaje ?? []);
    if (row !== undefined && right.some((value) => Math.abs(value - row.porcentajeAvance) < 1e-4)) continue;
    const says = row === undefined ? 'nothing' : String(row.porcentajeAvance);
    found.push({
      invariant: 'ledger-wrong',
      detail: `${key}: SENCE has ${right.join(' or ') || 'nothing'}, the ledger says ${says}${hasSynchronised ? ' (synchronised)' : ''}`,
    });
  }
  return found;
}

function keyOf(record: { codigoOferta: string; rut: string; codigoModulo: string }): string {
  return `${record.codigoOferta} ${record.rut} ${record.codigoModulo}`;
}

function judgeLine({ provider, world }: Case): Violation[] {
  const own = world.passages.filter(
    ({ rutOtec, sender }) => rutOtec === provider.rutOtec && sender === 'service',
  );
  const found: Violation[] = [];
  for (const noche of world.scenario.nights) {
    const { start, end } = nightOf(noche, VENTANA_OFICIAL);
    const during = own.filter(({ at }) => at >= start.getTime() && at < end.getTime());
    const refused = during.filter(({ refusedToken }) => refusedToken).length;
    if (refused > 12) found.push({ invariant: 'token-hammered', detail: `${noche}: ${refused} requests` });
  }
  const ignored = own.find(
    ({ waitSince, waitUntil }) =>
      waitSince !== null &&
      waitUntil !== null &&
      own.some(({ at }) => at > waitSince + 1_000 && at < waitUntil - MINUTE),
  );
  if (ignored !== undefined)
    found.push({ invariant: 'retry-after-ignored', detail: `at ${new Date(ignored.at).toISOString()}` });
  return found;
}

/** Differences that are none; not asked where the history itself was bent or late. */
function judgeReconciled(
  { reconciled, rutOtec, from }: Deed,
  world: World,
  records: Case['records'],
): Violation[] {
  const isBent = BENT.some((kind) => world.hits[kind] !== undefined);
  if (reconciled === undefined || isBent) return [];
  return reconciled.diferencias.flatMap((diferencia): Violation[] => {
    const { tipo, lms, registro, sence, codigoOferta, rut, codigoModulo } = diferencia;
    const near = (value: number | null) => value === null || Math.abs(value - (sence ?? Number.NaN)) < 1e-4;
    const isThere = records.some(
      (record) =>
        record.accepted &&
        record.recibidoEn < from &&
        keyOf(record) === keyOf({ codigoOferta, rut, codigoModulo }),
    );
    const isWrong =
      (tipo === 'valor-distinto' && near(lms) && near(registro)) || (tipo === 'falta-en-sence' && isThere);
    const detail = `${rutOtec} ${keyOf(diferencia)} ${tipo}: ${lms}, ${registro}, ${sence}`;
    return isWrong ? [{ invariant: 'reconcile-wrong', detail }] : [];
  });
}

const BENT: readonly Kind[] = ['history-late', 'history-half', 'history-garbled', 'truncated', 'leaked-html'];

function judgeDeeds(world: World): Violation[] {
  return world.deeds.flatMap((deed): Violation[] => {
    const provider = world.scenario.providers.find(({ rutOtec }) => rutOtec === deed.rutOtec);
    if (provider === undefined) return [];
    if ((deed.remains ?? 0) > 0) return [{ invariant: 'erased-remains', detail: `${deed.remains} envíos` }];
    const { sent } = deed;
    if (sent === undefined || !provider.named) return [];
    const isSilent = [sent.noEnviados, sent.fallas, sent.hallazgos].every((list) => list.length === 0);
    const untold = provider.courses.filter(
      ({ codigoOferta, people }) =>
        people.some((person) => valuesBetween(person, 0, deed.from, deed.to) !== null) &&
        !sent.envios.some((envio) => envio.codigoOferta === codigoOferta) &&
        !JSON.stringify(sent).includes(codigoOferta),
    );
    if (!isSilent || untold.length === 0) return [];
    return [
      {
        invariant: 'silent-by-hand',
        detail: `${deed.kind}: nothing of ${untold.map(({ id }) => id).join(', ')}`,
      },
    ];
  });
}

/** Truth changes and clocks differ by minutes around a window. */
const SLACK = 40 * MINUTE;
