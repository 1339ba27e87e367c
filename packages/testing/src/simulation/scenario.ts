import { CUT_AT } from './history.ts';
import { FORGETTING, KIND_NAMES, KINDS, type Kind } from './kinds.ts';
import { type Random, randomOf } from './random.ts';
import { EVENING, HOUR, MINUTE } from './time.ts';
import {
  type CourseTruth,
  FIRST_TOKEN,
  type Person,
  type ProviderTruth,
  percentsAt,
  personOf,
} from './truth.ts';

/** A fault that is upon a provider (all of them: null) for a while. */
export interface Weather {
  kind: Kind;
  rutOtec: string | null;
  /** Of a source: the course that it is about. */
  curso: string | null;
  from: number;
  to: number;
  /** Met once in so many chances. */
  oneIn: number;
}

/** Something that a person does, or that happens to a process, at one moment. */
export interface Act {
  kind: Kind;
  at: number;
  rutOtec: string;
  /** How long it lasts, how far a clock steps, in milliseconds; which write it is. */
  amount: number;
}

/** Everything of a seed, before anything happens. */
export interface Scenario {
  seed: number;
  /** Three in the afternoon of the first day. */
  start: number;
  nights: string[];
  end: number;
  version: 1 | 2;
  /** The service's question comes so often inside the window, in milliseconds. */
  tickEvery: number;
  providers: ProviderTruth[];
  weather: Weather[];
  acts: Act[];
  /** When figures and students of the sources change; what they are then stands in `providers`. */
  changes: { kind: Kind; at: number }[];
}

export interface ScenarioOptions {
  /** Kinds that are left out of the seed; everything else stays as it was. */
  without?: readonly Kind[];
}

/** First days, with Santiago's offset; in April the window has three hours, in September midnight does not exist. */
const DAYS = [
  { day: '2026-11-20', offset: '-03:00' },
  { day: '2026-06-10', offset: '-04:00' },
  { day: '2026-04-04', offset: '-03:00' },
  { day: '2026-09-05', offset: '-04:00' },
];

export function scenarioOf(seed: number, { without = [] }: ScenarioOptions = {}): Scenario {
  const random = randomOf(seed, 'world');
  const { day, offset } = random.oneIn(6) ? random.pick(DAYS) : (DAYS[0] ?? random.pick(DAYS));
  const noon = Date.parse(`${day}T12:00:00${offset}`);
  const nights = Array.from({ length: random.oneIn(6) ? 3 : 2 }, (_, index) => dayAfter(day, index));
  const kinds = KIND_NAMES.filter((kind) => randomOf(seed, `has ${kind}`).oneIn(ONE_IN[KINDS[kind]])).filter(
    (kind) => !without.includes(kind),
  );
  const scenario: Scenario = {
    ...{ seed, nights },
    start: noon + 3 * HOUR,
    end: noon + nights.length * 24 * HOUR + 2 * HOUR,
    // Without its code a send that the ledger has lost is nobody's: version 1 and a ledger that forgets do not go together.
    version: randomOf(seed, 'version').oneIn(7) && !kinds.some((kind) => FORGETTING.includes(kind)) ? 1 : 2,
    tickEvery: random.int(5, 12) * MINUTE,
    providers: Array.from({ length: random.oneIn(5) ? 3 : 2 }, (_, index) => providerOf(seed, index, noon)),
    weather: [],
    acts: [],
    changes: [],
  };
  for (const kind of kinds) happen(kind, scenario, randomOf(seed, kind), noon);
  // What is on its way while the ledger forgets the history does not have yet: its limits stand in the docs.
  if (kinds.includes('restore')) scenario.weather = scenario.weather.filter(({ kind }) => !isInTheWay(kind));
  if (kinds.some((kind) => FORGETTING.includes(kind)))
    scenario.weather = scenario.weather.filter(({ kind }) => !COMES_LATE.includes(kind));
  // What is told as not taken is asked for at once: one that was taken all the same must be shown. A limit that the docs name.
  const isDenied = scenario.weather.some(({ kind }) => kind === 'denied-and-recorded');
  if (isDenied)
    scenario.weather = scenario.weather.filter(
      ({ kind }) => kind !== 'history-late' && kind !== 'history-half',
    );
  scenario.acts.sort((a, b) => a.at - b.at);
  return scenario;
}

/** After these SENCE gets, or shows, later what was sent before; a full or locked file takes no backup. */
const COMES_LATE: readonly Kind[] = [
  'arrives-later',
  'duplicate',
  'history-late',
  'history-half',
  'ledger-full',
  'ledger-locked',
];

function isInTheWay(kind: Kind): boolean {
  return KINDS[kind] === 'line' || kind === 'ledger-full' || kind === 'ledger-locked';
}

/** Every kind that may take effect in it, each once. */
export function kindsOf({ weather, acts, changes }: Scenario): Kind[] {
  return [...new Set([...weather, ...acts, ...changes].map(({ kind }) => kind))];
}

/** When a clock that was put wrong is right again; what is far off is noticed sooner. */
export function putRight({ at, amount }: Pick<Act, 'at' | 'amount'>): number {
  return at + (amount > HOUR ? 15 * MINUTE : HOUR / 2);
}

/** How rare a kind of each sort is in a seed: some four of them meet. */
const ONE_IN = { line: 10, source: 11, truth: 5, machine: 12, person: 9 } as const;

function providerOf(seed: number, index: number, noon: number): ProviderTruth {
  const random = randomOf(seed, `provider ${index}`);
  const { rut: rutOtec } = personOf(60_000_000 + (seed % 5_000_000) * 4 + index, true);
  const code = `SIM-${seed}-${index}`;
  const hex = (seed * 4 + index).toString(16).toUpperCase().padStart(12, '0');
  return {
    ...{ rutOtec, token: `${FIRST_TOKEN}-0000-4000-8000-${hex}`, fuente: `aula-${index}` },
    named: random.oneIn(2),
    descenso: random.oneIn(3) ? 'mantener' : 'omitir',
    tardio: random.oneIn(5) ? 'enviar' : 'perder',
    courses: Array.from({ length: random.int(1, 3) }, (_, at): CourseTruth => {
      const modulos = Array.from({ length: random.int(1, 2) }, (_, modulo) => `${code}-${at}-M${modulo}`);
      return {
        ...{
          rutOtec,
          id: `${code}-C${at}`,
          codigoOferta: `${code}-O${at}`,
          codigoGrupo: `${code}-G${at}`,
          modulos,
          fin: '2026-12-31',
        },
        people: Array.from({ length: random.int(1, 3) }, (_, who): Person => {
          const person = personOf(15_000_000 + index * 10_000 + at * 100 + who, true);
          const percents = modulos.map(() =>
            random.oneIn(5) ? random.int(1, 2) * (100 / 3) : random.int(0, 60),
          );
          person.changes.push({ at: noon, percents });
          return person;
        }),
      };
    }),
  };
}

function happen(kind: Kind, scenario: Scenario, random: Random, noon: number): void {
  const { providers, nights } = scenario;
  const provider = random.pick(providers);
  const { rutOtec } = provider;
  const course = random.pick(provider.courses);
  const drawn = random.int(0, nights.length - 1);
  // An order tells something only where there is a night before.
  const night = noon + (kind === 'history-order' ? nights.length - 1 : drawn) * 24 * HOUR;
  /** Around the window of that night; most often around its beginning, when most is sent. */
  const from = night + 9.5 * HOUR + random.int(0, random.oneIn(3) ? 130 : 60) * MINUTE;
  const act = (at: number, amount = 0) => scenario.acts.push({ kind, at, rutOtec, amount });
  const weather = (more: Partial<Weather>) =>
    scenario.weather.push({
      ...{ kind, rutOtec, curso: null, from, to: from + random.int(3, 60) * MINUTE, oneIn: random.int(1, 3) },
      ...more,
    });

  switch (KINDS[kind]) {
    case 'line': {
      if (kind.startsWith('history')) {
        // Where it is read as a whole: by who synchronises or compares.
        const whole: Kind = random.pick(['synchronise', 'reconcile']);
        scenario.acts.push({ kind: whole, at: night + random.int(14, 22) * HOUR, rutOtec, amount: 0 });
        if (kind === 'history-order') change('rise', scenario, course, random, night);
        // The history is asked where something is uncertain; some line must be bad too.
        weather({ from: night + 6 * HOUR, to: night + 22 * HOUR, oneIn: random.int(1, 2) });
        // By its code a send is found in a list that is cut; who was told that it was not taken looks through it.
        const isCut = kind === 'history-cut';
        if (isCut)
          scenario.acts.push({ kind: 'other-tool', at: night + 5 * HOUR, rutOtec, amount: CUT_AT + 5 });
        const cut: Kind = random.pick(
          isCut ? ['denied-and-recorded'] : ['cut-after', 'too-late', 'arrives-later', 'crash-on-line'],
        );
        if (cut === 'crash-on-line')
          scenario.acts.push({ kind: cut, at: from, rutOtec, amount: random.int(1, 15) * MINUTE });
        else
          weather({
            kind: cut,
            from: night + 10 * HOUR,
            to: night + 10 * HOUR + random.int(15, 90) * MINUTE,
          });
        return;
      }
      if (kind === 'token-refused')
        return void weather({ from: from - 2 * HOUR, to: from + random.int(5, 400) * MINUTE, oneIn: 1 });
      if (kind === 'partial-answer') {
        change('unknown-student', scenario, course, random, night);
        return void weather({ from: night, to: night + 24 * HOUR, oneIn: 1 });
      }
      if (kind === 'odd-025') {
        scenario.acts.push({ kind: 'other-tool', at: night + 8 * HOUR, rutOtec, amount: 0 });
        return void weather({ from: night, to: night + 24 * HOUR, oneIn: 1 });
      }
      return void weather({});
    }
    case 'source': {
      const lasting = { oneIn: 1, curso: course.id };
      if (kind === 'source-down') return void weather({ oneIn: 1 });
      if (kind === 'slow-source') return void weather({ oneIn: 1 });
      // Until somebody mends it: often not before the night is over.
      return void weather({ ...lasting, from: from - 2 * HOUR, to: from + random.int(10, 600) * MINUTE });
    }
    case 'truth':
      change(kind, scenario, course, random, night);
      return;
    case 'machine': {
      if (kind === 'off') return void act(from - random.int(0, 90) * MINUTE, random.int(20, 300) * MINUTE);
      if (kind === 'clock-step') {
        if (random.oneIn(2)) {
          // While a send is on its way that the history does not know yet: providers begin one after the other.
          const begins = night + 10 * HOUR + (providers.indexOf(provider) / providers.length) * (HOUR / 2);
          const evening = night + EVENING * HOUR + 1_000;
          const { tickEvery } = scenario;
          const at = evening + Math.ceil((begins - evening) / tickEvery) * tickEvery;
          // The first body, and not the question for the service's time that follows.
          weather({ kind: 'arrives-later', from: at, to: at + 1_040, oneIn: 1 });
          return void act(at + 2 * MINUTE, random.pick([-30, 20, 25, 30]) * MINUTE);
        }
        // Far ahead, and something is put off by that clock.
        const at = night + 10 * HOUR + random.int(0, 5) * MINUTE;
        weather({ kind: 'source-down', from: at, to: at + 12 * MINUTE, oneIn: 1 });
        return void act(at, 100 * MINUTE);
      }
      if (kind.startsWith('ledger')) return void weather({ rutOtec: null, oneIn: 1 });
      if (kind === 'two-services')
        return void weather({ rutOtec: null, from: noon, to: Number.POSITIVE_INFINITY, oneIn: 1 });
      return void act(from, random.int(1, 15));
    }
    default: {
      const day = night + random.int(4, 9) * HOUR + random.int(0, 59) * MINUTE;
      if (kind === 'send-at-night' || kind === 'erase')
        return void act(night + 10 * HOUR + random.int(1, 115) * MINUTE);
      if (kind === 'synchronise' && random.oneIn(3))
        return void act(night + 10 * HOUR + random.int(1, 115) * MINUTE);
      // Of a night that has gone out already.
      if (kind === 'send-repetir') return void act(night + 11 * HOUR + random.int(0, 55) * MINUTE);
      if (kind === 'mend-token') {
        const at = night + 10.5 * HOUR + random.int(2, 14) * MINUTE;
        weather({ kind: 'token-refused', from: night + 9 * HOUR, to: at, oneIn: 1 });
        return void act(at);
      }
      if (kind === 'restore') {
        const at = night + random.pick([11, 11.5, 15, 20]) * HOUR + random.int(0, 20) * MINUTE;
        // What changes meanwhile, and who sends by hand, must not send the night again either.
        change(random.pick(['rise', 'fall']), scenario, course, random, night, at - 20 * MINUTE);
        if (random.oneIn(2))
          scenario.acts.push({ kind: 'send-at-night', at: at + 12 * MINUTE, rutOtec, amount: 0 });
        return void act(at, at - (night + 9 * HOUR));
      }
      if (kind === 'first-start') return void act(scenario.start);
      if (kind === 'restore-alone' || kind === 'ledger-lost') {
        const at = night + random.pick([6, 9.7, 10.7, 11, 11.5, 15, 20]) * HOUR + random.int(0, 20) * MINUTE;
        change(random.pick(['rise', 'fall']), scenario, course, random, night, at - 20 * MINUTE);
        // A person sends by hand before the service has asked, or has sent by day.
        if (random.oneIn(2))
          scenario.acts.push({
            ...{ kind: 'send-at-night', rutOtec, amount: 0 },
            at: at + random.pick([-40, 3, 12]) * MINUTE,
          });
        // What stands in the way of the very first question.
        if (random.oneIn(3))
          weather({
            kind: random.pick(['503-retry-after', 'no-connection', 'token-refused', 'history-garbled']),
            ...{ from: at, to: at + random.int(10, 50) * MINUTE, oneIn: 1 },
          });
        return void act(at, kind === 'ledger-lost' ? 0 : at - (night + random.pick([4, 9, 10.3]) * HOUR));
      }
      if (kind === 'send-by-day' && random.oneIn(2))
        change(random.pick(['rise', 'enrol']), scenario, course, random, night, day + 20 * MINUTE);
      if (kind === 'send-again') return void act(random.oneIn(2) ? day : from, random.int(1, 60) * MINUTE);
      return void act(day);
    }
  }
}

/** What becomes of a student, on the day before that night or while its window is open. */
function change(
  kind: Kind,
  scenario: Scenario,
  course: CourseTruth,
  random: Random,
  night: number,
  when?: number,
): void {
  const person = random.pick(course.people);
  const isLate = kind === 'late-rows';
  const at =
    when ?? night + (isLate ? 10 * HOUR + random.int(1, 100) * MINUTE : random.int(60, 560) * MINUTE);
  scenario.changes.push({ kind, at });
  const before = percentsAt(person, at) ?? course.modulos.map(() => 0);
  const moved = (by: number) => before.map((percent) => Math.max(0, Math.min(100, Math.round(percent) + by)));
  const add = (to: Person, percents: number[] | null) => {
    to.changes = [...to.changes, { at, percents }].sort((a, b) => a.at - b.at);
  };
  const enrol = (known: boolean) => {
    const { numero } = course.people.at(-1) ?? person;
    const newcomer = personOf(numero + 17, known);
    course.people.push(newcomer);
    add(
      newcomer,
      course.modulos.map(() => random.int(0, 60)),
    );
  };
  if (kind === 'unknown-student') enrol(false);
  else if (kind === 'enrol' || (isLate && random.oneIn(2))) enrol(true);
  else if (kind === 'leave') add(person, null);
  else add(person, moved(kind === 'fall' ? -random.int(3, 20) : random.int(1, 30)));
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 24 * HOUR).toISOString().slice(0, 10);
}
