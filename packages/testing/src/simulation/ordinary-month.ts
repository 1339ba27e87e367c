import type { Kind } from './kinds.ts';
import type { Scenario, Weather } from './scenario.ts';
import { HOUR, MINUTE } from './time.ts';
import { type CourseTruth, type Person, personOf } from './truth.ts';

const DAY = 24 * HOUR;
const FIRST = '2026-11-01';
const NOON = Date.parse(`${FIRST}T12:00:00-03:00`);
const NIGHTS = 30;

/**
 * A month in which nothing happens that is not usual: students go on and now and then leave, two courses end, one
 * course's file comes late each evening, the LMS is down for ten minutes of one night and SENCE for twenty of another.
 */
export function ordinaryMonth(seed: number): Scenario {
  const { rut: rutOtec } = personOf(60_000_000 + seed * 4, true);
  const courses = [
    { name: 'A', fin: '2026-12-31' },
    { name: 'B', fin: '2026-11-12' },
    { name: 'C', fin: '2026-11-20' },
    { name: 'D', fin: '2026-12-31' },
  ].map(({ name, fin }, at) => courseOf(rutOtec, `MES-${seed}-${name}`, fin, at));
  const always = (kind: Kind, more: Partial<Weather>): Weather => ({
    ...{ kind, rutOtec, curso: null, from: 0, to: 0, oneIn: 1, ...more },
  });
  const [a, , c] = courses;
  return {
    seed,
    start: NOON + 3 * HOUR,
    nights: Array.from({ length: NIGHTS }, (_, night) => dayOf(night)),
    end: NOON + NIGHTS * DAY + 2 * HOUR,
    version: 2,
    tickEvery: 5 * MINUTE,
    providers: [
      {
        ...{ rutOtec, token: '5EED0000-0000-4000-8000-00000000FFFF', fuente: 'aula', courses },
        ...{ named: true, descenso: 'omitir', tardio: 'perder' },
      },
    ],
    weather: [
      // Copied anew each evening: not whole until 22:20.
      ...Array.from({ length: 20 }, (_, night) =>
        always('file-cut', {
          ...(c && { curso: c.id }),
          from: at(night, 21 * HOUR),
          to: at(night, 22 * HOUR + 20 * MINUTE),
        }),
      ),
      always('source-down', { from: at(7, 22 * HOUR), to: at(7, 22 * HOUR + 10 * MINUTE) }),
      always('no-connection', { from: at(15, 22 * HOUR), to: at(15, 22 * HOUR + 20 * MINUTE) }),
    ],
    acts: [],
    changes: (a?.people[0]?.changes ?? []).slice(1).map((change) => ({ kind: 'rise', at: change.at })),
  };
}

function courseOf(rutOtec: string, id: string, fin: string, index: number): CourseTruth {
  const modulos = [`${id}-M1`, `${id}-M2`];
  const people = Array.from({ length: 12 }, (_, who): Person => {
    const person = personOf(17_000_000 + index * 1_000 + who * 13, true);
    // Every other day a little further, each at another hour.
    for (let night = -1; night < NIGHTS; night += 2) {
      const done = Math.min(100, (night + 1) * (2 + (who % 3)));
      person.changes.push({ at: at(night, (9 + who) * HOUR), percents: [done, Math.floor(done / 2)] });
    }
    // Two of the first course leave, in different weeks.
    if (index === 0 && who < 2) person.changes.push({ at: at(9 + 8 * who, 15 * HOUR), percents: null });
    person.changes.sort((a, b) => a.at - b.at);
    const left = person.changes.find(({ percents }) => percents === null);
    person.changes = person.changes.filter((change) => left === undefined || change.at <= left.at);
    return person;
  });
  return { rutOtec, id, codigoOferta: `${id}-O`, codigoGrupo: `${id}-G`, modulos, fin, people };
}

/** A moment of a day of the month, by Santiago's clock. */
function at(night: number, sinceMidnight: number): number {
  return NOON - 12 * HOUR + night * DAY + sinceMidnight;
}

function dayOf(night: number): string {
  return new Date(Date.parse(`${FIRST}T00:00:00Z`) + night * DAY).toISOString().slice(0, 10);
}
