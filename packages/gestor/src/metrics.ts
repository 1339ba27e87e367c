/** Counters of one server since its start, written as Prometheus reads them. */
export class Metrics {
  readonly #counters = new Map<string, Counter>();

  /** A figure that only grows. Names and labels as Prometheus wants them; call it once per name. */
  counter(name: string, help: string): Counter {
    const counter = new Counter(name, help);
    this.#counters.set(name, counter);
    return counter;
  }

  /** Text exposition format, version 0.0.4. */
  write(gauges: Gauge[]): string {
    const lines = [...this.#counters.values()].flatMap((counter) => counter.lines());
    for (const { name, help, value } of gauges) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`);
    }
    return `${lines.join('\n')}\n`;
  }
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

  lines(): string[] {
    const values = [...this.#values].map(
      ([labels, value]) => `${this.#name}${labels && `{${labels}}`} ${value}`,
    );
    return [`# HELP ${this.#name} ${this.#help}`, `# TYPE ${this.#name} counter`, ...values];
  }
}
