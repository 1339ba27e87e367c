import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clicks } from './clicks.ts';
import { dedicationOf, sessionsOf } from './gaps.ts';

const LIMIT = 2700;

/** Time, id, module. */
type Click = [number, number, number];

function clicksOf(list: Click[]): Clicks {
  const clicks = new Clicks();
  for (const [time, id, module] of list) clicks.add(time, id, module);
  return clicks;
}

/** The rule written down plainly (FACTS section 9), to compare with. */
function plainly(list: Click[], limit: number): { total: number; modules: Map<number, number> } {
  const sorted = [...list].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const modules = new Map<number, number>();
  let total = 0;
  for (const [index, later] of sorted.entries()) {
    const earlier = sorted[index - 1];
    const gap = earlier ? later[0] - earlier[0] : 0;
    if (earlier && gap > 0 && gap <= limit) {
      total += gap;
      modules.set(earlier[2], (modules.get(earlier[2]) ?? 0) + gap);
    }
  }
  return { total, modules };
}

const clicks = fc.uniqueArray(
  fc.tuple(
    fc.integer({ min: 1_790_000_000, max: 1_790_020_000 }),
    fc.integer({ min: 1, max: 9999 }),
    fc.integer({ min: 0, max: 4 }),
  ),
  { selector: ([, id]) => id, maxLength: 60 },
);

describe('time spent', () => {
  it('a gap of 45 minutes counts in full, one second more not at all', () => {
    expect(
      dedicationOf(
        clicksOf([
          [1000, 1, 7],
          [3700, 2, 0],
        ]),
        LIMIT,
      ).total,
    ).toBe(2700);
    expect(
      dedicationOf(
        clicksOf([
          [1000, 1, 7],
          [3701, 2, 0],
        ]),
        LIMIT,
      ).total,
    ).toBe(0);
  });

  it('the gap is the module’s of the earlier click, the lower id being earlier within a second', () => {
    const { modules } = dedicationOf(
      clicksOf([
        [100, 9, 2],
        [100, 3, 1],
        [160, 10, 0],
        [190, 11, 5],
      ]),
      LIMIT,
    );
    expect(modules).toEqual(
      new Map([
        [2, 60],
        [0, 30],
      ]),
    );
  });

  it('nothing comes of one click, or none', () => {
    expect(dedicationOf(clicksOf([[100, 1, 1]]), LIMIT)).toEqual({
      total: 0,
      modules: new Map(),
      first: 100,
      last: 100,
    });
    expect(dedicationOf(new Clicks(), LIMIT)).toEqual({
      total: 0,
      modules: new Map(),
      first: null,
      last: null,
    });
  });

  it('is counted up to a moment', () => {
    const all = clicksOf([
      [100, 1, 1],
      [200, 2, 1],
      [300, 3, 1],
    ]);
    expect(dedicationOf(all, LIMIT, 200)).toMatchObject({ total: 100, last: 200 });
    expect(dedicationOf(all, LIMIT, 299)).toMatchObject({ total: 100, last: 200 });
    expect(dedicationOf(all, LIMIT, 99)).toMatchObject({ total: 0, first: null });
  });

  it('is what the rule says, whatever the order in which clicks come', () => {
    fc.assert(
      fc.property(clicks, fc.integer({ min: 1, max: 5000 }), (list, limit) => {
        const { total, modules } = dedicationOf(clicksOf(list), limit);
        expect({ total, modules }).toEqual(plainly(list, limit));
      }),
    );
  });

  it('is the sum of its sessions', () => {
    fc.assert(
      fc.property(clicks, fc.integer({ min: 1, max: 5000 }), (list, limit) => {
        const sessions = sessionsOf(clicksOf(list), limit);
        const { total, modules } = dedicationOf(clicksOf(list), limit);
        expect(sessions.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(total);
        const summed = new Map<number, number>();
        for (const session of sessions)
          for (const [module, seconds] of session.modules)
            summed.set(module, (summed.get(module) ?? 0) + seconds);
        expect(summed).toEqual(modules);
        expect(sessions.reduce((sum, session) => sum + session.clicks, 0)).toBe(list.length);
      }),
    );
  });
});

describe('clicks', () => {
  it('packed and unpacked are the same, with ids beyond 32 bits too', () => {
    const wide = fc.uniqueArray(
      fc.tuple(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer({ min: 1, max: 2 ** 50 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      ),
      { selector: ([, id]) => id },
    );
    fc.assert(
      fc.property(wide, (list) => {
        const one = clicksOf(list);
        const two = Clicks.decode(one.encode());
        expect(rows(two)).toEqual(rows(one));
        expect(two.union(one).count).toBe(list.length);
      }),
    );
  });

  it('put together are each row once', () => {
    fc.assert(
      fc.property(clicks, fc.array(fc.boolean(), { maxLength: 120 }), (list, choice) => {
        const some = list.filter((_, index) => choice[index] ?? true);
        const others = list.filter((_, index) => !(choice[index] ?? true) || index % 3 === 0);
        const all = clicksOf(some).union(clicksOf(others));
        expect(rows(all)).toEqual(rows(clicksOf(list)));
      }),
    );
  });

  it('cut short are no clicks', () => {
    const bytes = clicksOf([[1_790_000_000, 1, 1]]).encode();
    expect(() => Clicks.decode(bytes.subarray(0, 2))).toThrow(RangeError);
  });
});

function rows(list: Clicks): [number, number][] {
  return Array.from({ length: list.count }, (_, at) => [list.time(at), list.module(at)]);
}
