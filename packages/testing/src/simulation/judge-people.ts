import type { DatoDistinto } from '@puente-sic/engine';
import type { Deed } from './acts.ts';
import { BENT, type Case, keyOf, type Violation } from './case.ts';
import type { Kind } from './kinds.ts';
import { valuesBetween } from './truth.ts';
import type { World } from './world.ts';

/** Differences that are none, or figures of SENCE's that it has not. */
export function judgeReconciled(
  { reconciled, rutOtec, from }: Deed,
  world: World,
  records: Case['records'],
): Violation[] {
  const hasMet = (kinds: readonly Kind[]) => kinds.some((kind) => world.hits[kind] !== undefined);
  // What is cut or cannot be read is noticed by who compares; what is not there yet cannot be.
  if (reconciled === undefined || hasMet(NOT_YET)) return [];
  const isNoticed = hasMet(BENT);
  return reconciled.diferencias.flatMap((diferencia): Violation[] => {
    const { tipo, lms, registro, sence, distintos, codigoOferta, rut, codigoModulo } = diferencia;
    const near = (value: number | null, other: number | null) =>
      value === null || Math.abs(value - (other ?? Number.NaN)) < 1e-4;
    const stored = records.filter(
      (record) =>
        record.accepted &&
        record.recibidoEn < from &&
        keyOf(record) === keyOf({ codigoOferta, rut, codigoModulo }),
    );
    const isWrong =
      (tipo === 'valor-distinto' && distintos.every(isNone)) ||
      (tipo === 'falta-en-sence' && stored.length > 0) ||
      (!isNoticed && stored.length > 0 && !near(stored.at(-1)?.porcentaje ?? null, sence));
    const detail = `${rutOtec} ${keyOf(diferencia)} ${tipo}: ${lms}, ${registro}, ${sence}`;
    return isWrong ? [{ invariant: 'reconcile-wrong', detail }] : [];
  });
}

/** What the history writes with five decimals is the same. */
function isNone({ lms, registro, sence }: DatoDistinto): boolean {
  return [lms, registro].every(
    (value) => value === null || value === sence || Math.abs(Number(value) - Number(sence)) < 1e-4,
  );
}

const NOT_YET: readonly Kind[] = ['history-late', 'history-half', 'truncated', 'leaked-html'];

/** What puente answered to people. */
export function judgeDeeds(world: World): Violation[] {
  return world.deeds.flatMap((deed): Violation[] => {
    const provider = world.scenario.providers.find(({ rutOtec }) => rutOtec === deed.rutOtec);
    if (provider === undefined) return [];
    if ((deed.remains ?? 0) > 0) return [{ invariant: 'erased-remains', detail: `${deed.remains} envíos` }];
    const { sent } = deed;
    if (deed.kind === 'send-repetir' && (sent?.yaEnviados.length ?? 0) > 0)
      return [{ invariant: 'not-repeated', detail: `${sent?.yaEnviados.length} courses` }];
    if (sent === undefined || !provider.named) return [];
    const isSilent = [sent.noEnviados, sent.fallas, sent.hallazgos].every((list) => list.length === 0);
    const untold = provider.courses.filter(
      ({ id, codigoOferta, people }) =>
        people.some((person) => valuesBetween(person, 0, deed.from, deed.to) !== null) &&
        !sent.envios.some((envio) => envio.codigoOferta === codigoOferta) &&
        !sent.noEntregados.some(({ curso }) => curso === id) &&
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
