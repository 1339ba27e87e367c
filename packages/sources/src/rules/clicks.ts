/** Most students click some hundred times in a course. */
const FIRST_SIZE = 64;

/**
 * The clicks of one student in one course, by time and then by id: what was clicked first in one second has the
 * lower id. Packed, because a site has millions: 16 bytes each in memory, about 7 in a store.
 */
export class Clicks {
  #count = 0;
  #sorted = true;
  #times: Uint32Array;
  #ids: Float64Array;
  #modules: Uint32Array;

  /** Room for so many to begin with. */
  constructor(size = FIRST_SIZE) {
    this.#times = new Uint32Array(size);
    this.#ids = new Float64Array(size);
    this.#modules = new Uint32Array(size);
  }

  /** Over whole columns, which stay as they are: a click's time, id and module at one place of each. Ids grow. */
  static of(times: Uint32Array, ids: Float64Array, modules: Uint32Array): Clicks {
    const clicks = new Clicks(0);
    [clicks.#times, clicks.#ids, clicks.#modules] = [times, ids, modules];
    clicks.#count = times.length;
    clicks.#sorted = times.every((time, at) => at === 0 || (times[at - 1] as number) <= time);
    return clicks;
  }

  get count(): number {
    return this.#count;
  }

  /** Unix seconds, the log's row id and the cmid (0: a click on the course itself). In any order. */
  add(time: number, id: number, module: number): void {
    const at = this.#count;
    if (at === this.#times.length) this.#grow();
    if (at > 0 && this.#sorted) {
      const before = this.#times[at - 1] as number;
      this.#sorted = before < time || (before === time && (this.#ids[at - 1] as number) < id);
    }
    this.#times[at] = time;
    this.#ids[at] = id;
    this.#modules[at] = module;
    this.#count = at + 1;
  }

  time(at: number): number {
    this.#sort();
    return this.#times[at] as number;
  }

  module(at: number): number {
    this.#sort();
    return this.#modules[at] as number;
  }

  /** Both together, each row of the log once. Quick where the other's are late ones, as those of a night are. */
  union(other: Clicks): Clicks {
    this.#sort();
    other.#sort();
    const all = new Clicks(this.#count + other.#count);
    let mine = other.#count === 0 ? this.#count : this.#countBefore(other.#times[0] as number);
    let theirs = 0;
    all.#times.set(this.#times.subarray(0, mine));
    all.#ids.set(this.#ids.subarray(0, mine));
    all.#modules.set(this.#modules.subarray(0, mine));
    all.#count = mine;
    while (mine < this.#count || theirs < other.#count) {
      const order = compare(this, mine, other, theirs);
      const [from, at] = order <= 0 ? [this, mine] : [other, theirs];
      if (order <= 0) mine++;
      if (order >= 0) theirs++;
      all.add(from.#times[at] as number, from.#ids[at] as number, from.#modules[at] as number);
    }
    return all;

    function compare(one: Clicks, i: number, two: Clicks, j: number): number {
      if (i >= one.#count) return 1;
      if (j >= two.#count) return -1;
      return (
        (one.#times[i] as number) - (two.#times[j] as number) ||
        (one.#ids[i] as number) - (two.#ids[j] as number)
      );
    }
  }

  /** For a store: how many, and per click the steps of time and id since the one before, and the module. */
  encode(): Uint8Array {
    this.#sort();
    const bytes = new Uint8Array((this.#count + 1) * 20);
    let length = 0;
    const write = (value: number): void => {
      let rest = value;
      for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[length++] = (rest % 128) | 128;
      bytes[length++] = rest;
    };
    write(this.#count);
    for (let at = 0; at < this.#count; at++) {
      const step = (this.#ids[at] as number) - (at > 0 ? (this.#ids[at - 1] as number) : 0);
      write((this.#times[at] as number) - (at > 0 ? (this.#times[at - 1] as number) : 0));
      write(step < 0 ? -2 * step - 1 : 2 * step);
      write(this.#modules[at] as number);
    }
    return bytes.slice(0, length);
  }

  static decode(bytes: Uint8Array): Clicks {
    let at = 0;
    const read = (): number => {
      let value = 0;
      for (let scale = 1; ; scale *= 128) {
        const byte = bytes[at++];
        if (byte === undefined) throw new RangeError('clicks are cut short');
        value += (byte & 127) * scale;
        if (byte < 128) return value;
      }
    };
    const count = read();
    const clicks = new Clicks(count);
    for (let time = 0, id = 0; clicks.count < count; ) {
      time += read();
      const step = read();
      id += step % 2 === 1 ? -(step + 1) / 2 : step / 2;
      clicks.add(time, id, read());
    }
    return clicks;
  }

  /** How many are earlier than a moment. */
  #countBefore(time: number): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] as number) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #sort(): void {
    if (this.#sorted) return;
    const [times, ids, modules] = [this.#times, this.#ids, this.#modules];
    const order = new Uint32Array(this.#count)
      .map((_, index) => index)
      .sort((a, b) => (times[a] as number) - (times[b] as number) || (ids[a] as number) - (ids[b] as number));
    this.#times = order.map((index) => times[index] as number);
    this.#modules = order.map((index) => modules[index] as number);
    this.#ids = Float64Array.from(order, (index) => ids[index] as number);
    this.#sorted = true;
  }

  #grow(): void {
    const size = Math.max(FIRST_SIZE, this.#times.length * 2);
    const [times, ids, modules] = [new Uint32Array(size), new Float64Array(size), new Uint32Array(size)];
    times.set(this.#times);
    ids.set(this.#ids);
    modules.set(this.#modules);
    [this.#times, this.#ids, this.#modules] = [times, ids, modules];
  }
}

/** Clicks of many courses, as they come from the log. */
export class ClickBook {
  readonly courses = new Map<number, Map<number, Clicks>>();

  add(course: number, user: number, time: number, id: number, module: number): void {
    let users = this.courses.get(course);
    if (!users) {
      users = new Map();
      this.courses.set(course, users);
    }
    let clicks = users.get(user);
    if (!clicks) {
      clicks = new Clicks();
      users.set(user, clicks);
    }
    clicks.add(time, id, module);
  }
}
