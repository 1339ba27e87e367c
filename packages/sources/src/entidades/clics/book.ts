import { Clicks } from '../../rules/clicks.ts';
import type { RowOf } from '../rows.ts';
import type { CourseData } from '../site.ts';
import { takeClic } from '../take-results.ts';

/** Where a click was made, as its row says it: what a module is today is looked up when it is counted. */
export interface ClickPlace {
  modulo: string | null;
  actividad: string | null;
}

/** Clicks as they come, of whoever they are: who is not in the course today may be tomorrow. */
export class ClickBook {
  /** Course → person → clicks, by {@link places}. */
  readonly courses = new Map<string, Map<string, Clicks>>();
  /** By the number that a click is packed with. */
  readonly places: ClickPlace[] = [];
  readonly #numbers = new Map<string, number>();
  #rows = 0;
  /** Epoch seconds of the last click; 0: none. */
  newest = 0;

  /** A row that says when. */
  add({ curso, alumno, modulo, actividad }: RowOf<'clics'>, instante: number): void {
    const seconds = Math.floor(instante / 1000);
    if (seconds > this.newest) this.newest = seconds;
    this.clicksOf(curso, alumno).add(seconds, this.#rows++, this.numberOf({ modulo, actividad }));
  }

  clicksOf(curso: string, alumno: string): Clicks {
    let people = this.courses.get(curso);
    if (!people) {
      people = new Map();
      this.courses.set(curso, people);
    }
    let clicks = people.get(alumno);
    if (!clicks) {
      clicks = new Clicks();
      people.set(alumno, clicks);
    }
    return clicks;
  }

  numberOf(place: ClickPlace): number {
    const key = JSON.stringify([place.modulo, place.actividad]);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.places.push(place);
    this.#numbers.set(key, this.places.length - 1);
    return this.places.length - 1;
  }
}

/** Gives a person's clicks to the course as if their rows came now. */
export function takeClicks(
  course: CourseData,
  alumno: string,
  clicks: Clicks,
  places: readonly ClickPlace[],
): void {
  for (let at = 0; at < clicks.count; at++) {
    const { modulo, actividad } = places[clicks.module(at)] as ClickPlace;
    const instante = clicks.time(at) * 1000;
    const row = { curso: course.id, alumno, modulo, actividad, instante, place: () => '' };
    takeClic(course, row, (student, seconds, module) => student.clicks.add(seconds, at, module));
  }
}
