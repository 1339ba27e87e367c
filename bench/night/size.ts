import { checkDigit } from '@puente-sic/protocol';
import { COURSES, code, FIRST_COURSE, SECTIONS, STUDENTS } from '../moodle/generate.ts';

/** One provider's night as all three sources have it: the generated Moodle site's courses, people and modules. */

export const OTEC = { rut: '76111222-8', token: '3D9F6C1A-5B7E-4F20-9A6D-1C2B3A4D5E6F' };
export const AT = new Date('2026-11-22T22:30:00-03:00');
export const RECORDS = COURSES * STUDENTS * SECTIONS;

export const COURSE_IDS = Array.from({ length: COURSES }, (_, at) => at + FIRST_COURSE);

export function ofertaOf(course: number): string {
  return `CAP-26-${course}`;
}

export function modulesOf(course: number): string[] {
  return Array.from({ length: SECTIONS }, (_, at) => code(course, at + 1));
}

/** Numbers of the people of a course, as the generated site spreads them. */
export function peopleOf(course: number): number[] {
  return Array.from({ length: STUDENTS }, (_, at) => at * COURSES + course - FIRST_COURSE);
}

export function rutOf(person: number): string {
  return `${10_000_000 + person}-${checkDigit(10_000_000 + person)}`;
}
