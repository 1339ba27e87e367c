import { Clicks } from '../../rules/clicks.ts';

/**
 * What is kept and what was read again, each click once: rows have no number of their own, so that in one second as many
 * of a place are kept as the fuller of the two has. Those read again keep their order; before them stand those that the
 * LMS has deleted since.
 */
export function mergeClicks(known: Clicks, fresh: Clicks): Clicks {
  const all = new Clicks(known.count + fresh.count);
  const put = (from: Clicks, at: number): void => all.add(from.time(at), all.count, from.module(at));
  let old = 0;
  let next = 0;
  while (next < fresh.count) {
    const time = fresh.time(next);
    while (old < known.count && known.time(old) < time) put(known, old++);
    let end = next;
    const again = new Map<number, number>();
    for (; end < fresh.count && fresh.time(end) === time; end++) {
      const place = fresh.module(end);
      again.set(place, (again.get(place) ?? 0) + 1);
    }
    for (; old < known.count && known.time(old) === time; old++) {
      const place = known.module(old);
      const left = again.get(place) ?? 0;
      if (left > 0) again.set(place, left - 1);
      else put(known, old);
    }
    for (; next < end; next++) put(fresh, next);
  }
  while (old < known.count) put(known, old++);
  return all;
}
