import { FORGETTING, KINDS } from './kinds.ts';
import { HOUR, MINUTE } from './time.ts';
import type { ProviderTruth } from './truth.ts';
import type { World } from './world.ts';

/**
 * What stood in the way of a provider's course on one night: nothing, so that all of it must be at SENCE; something that was over
 * well before the window's end, so that all of it must be there too; or something that excuses it from being there
 * (never from being told).
 */
export function troubleOf(
  { rutOtec }: Pick<ProviderTruth, 'rutOtec'>,
  curso: string,
  { scenario, downtimes }: World,
  { start, end }: { start: number; end: number },
): 'none' | 'over-in-time' | 'excused' {
  const times = [
    ...scenario.weather
      .filter((weather) => weather.kind !== 'two-services')
      .filter((weather) => weather.rutOtec === null || weather.rutOtec === rutOtec)
      // What is wrong with one course is no excuse for another.
      .filter((weather) => weather.curso === null || weather.curso === curso)
      .map(({ from, to }) => ({ from, to })),
    ...downtimes,
    ...scenario.acts
      .filter(({ kind }) => KINDS[kind] === 'machine' || FORGETTING.includes(kind))
      .map(({ at }) => ({ from: at, to: at + 40 * MINUTE })),
  ].filter(({ from, to }) => from < end && to > start - 8 * HOUR);
  if (times.length === 0) return 'none';
  return times.every(({ to }) => to <= end - 75 * MINUTE) ? 'over-in-time' : 'excused';
}
