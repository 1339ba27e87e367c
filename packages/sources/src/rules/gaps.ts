import type { Clicks } from './clicks.ts';
import type { JudgingRules } from './settings.ts';

/** Time spent by one student in one course, seconds. */
export interface Dedication {
  total: number;
  /** cmid → seconds; 0 holds what belongs to no activity. */
  modules: Map<number, number>;
  /** Unix seconds of the first and last click; null without clicks. */
  first: number | null;
  last: number | null;
}

/** The longest gap that counts, seconds. */
export function dedicationLimit({ minutosEntreClics }: Pick<JudgingRules, 'minutosEntreClics'>): number {
  return minutosEntreClics * 60;
}

/** Clicks with no longer gap between them. */
export interface Session {
  /** Unix seconds of its first and last click. */
  start: number;
  end: number;
  clicks: number;
  /** cmid → seconds; 0 holds what belongs to no activity. */
  modules: Map<number, number>;
}

/**
 * The official rule [I p.46], exact: a gap between neighbouring clicks of at most `limit` seconds counts in full,
 * a longer one not at all; the last click of a session adds nothing. A gap belongs to the module of the earlier
 * click [A]. Clicks after `until` (Unix seconds) are not looked at. Midnight and clock changes mean nothing.
 */
export function dedicationOf(clicks: Clicks, limit: number, until = Number.POSITIVE_INFINITY): Dedication {
  const modules = new Map<number, number>();
  let total = 0;
  let last: number | null = null;
  let module = 0;
  for (let at = 0; at < clicks.count; at++) {
    const time = clicks.time(at);
    if (time > until) break;
    const gap = last === null ? 0 : time - last;
    if (gap > 0 && gap <= limit) {
      total += gap;
      modules.set(module, (modules.get(module) ?? 0) + gap);
    }
    last = time;
    module = clicks.module(at);
  }
  return { total, modules, first: last === null ? null : clicks.time(0), last };
}

/** The same, told: which sessions the time is made of. */
export function sessionsOf(clicks: Clicks, limit: number, until = Number.POSITIVE_INFINITY): Session[] {
  const sessions: Session[] = [];
  let module = 0;
  for (let at = 0; at < clicks.count; at++) {
    const time = clicks.time(at);
    if (time > until) break;
    const open = sessions.at(-1);
    if (open && time - open.end <= limit) {
      if (time > open.end) open.modules.set(module, (open.modules.get(module) ?? 0) + time - open.end);
      open.end = time;
      open.clicks++;
    } else {
      sessions.push({ start: time, end: time, clicks: 1, modules: new Map() });
    }
    module = clicks.module(at);
  }
  return sessions;
}
