/** Counters as plain data: name → labels → figure. */
export type Muestra = Record<string, Record<string, number>>;

/** Counters of one server since its start, written as Prometheus reads them. */
export class Metrics {
  readonly #counters = new Map<string, Counter>();

  /** A figure that only grows. Names and labels as Prometheus wants them; call it once per name. */
  counter(name: string, help: string): Counter {
    const counter = new Counter(name, help);
    this.#counters.set(name, counter);
    return counter;
  }

  muestra(): Muestra {
    return Object.fromEntries([...this.#counters].map(([name, counter]) => [name, counter.values()]));
  }

  /**
   * Text exposition format, version 0.0.4.
   * @param muestra the counters' figures, where they are not this server's alone.
   */
  write(gauges: Gauge[], muestra: Muestra = this.muestra()): string {
    const lines = [...this.#counters].flatMap(([name, counter]) => counter.lines(muestra[name]));
    for (const { name, help, value } of gauges) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`);
    }
    return `${lines.join('\n')}\n`;
  }
}

/** The sums of several servers' counters. */
export function sumOf(muestras: Iterable<Muestra>): Muestra {
  const sum: Muestra = {};
  for (const muestra of muestras) {
    for (const [name, values] of Object.entries(muestra)) {
      const own = sum[name] ?? {};
      sum[name] = own;
      for (const [labels, value] of Object.entries(values)) own[labels] = (own[labels] ?? 0) + value;
    }
  }
  return sum;
}

/** A figure read at the moment. */
export interface Gauge {
  name: string;
  help: string;
  value: number;
}

export class Counter {
  readonly #name: string;
  readonly #help: string;
  readonly #values = new Map<string, number>();

  constructor(name: string, help: string) {
    this.#name = name;
    this.#help = help;
  }

  /** Labels must come from a fixed small set: never a RUT, a code of a course or anything else that is sent. */
  add(labels: Record<string, string | number>, amount = 1): void {
    const key = Object.entries(labels)
      .map(([name, value]) => `${name}="${value}"`)
      .join(',');
    this.#values.set(key, (this.#values.get(key) ?? 0) + amount);
  }

  values(): Record<string, number> {
    return Object.fromEntries(this.#values);
  }

  lines(values: Record<string, number> = {}): string[] {
    const lines = Object.entries(values).map(
      ([labels, value]) => `${this.#name}${labels && `{${labels}}`} ${value}`,
    );
    return [`# HELP ${this.#name} ${this.#help}`, `# TYPE ${this.#name} counter`, ...lines];
  }
}
