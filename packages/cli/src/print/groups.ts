import { CATALOGUE, isCodigo } from '@puente-sic/protocol';
import type { Terminal } from '../terminal.ts';
import { patternOf, together } from './alike.ts';
import { table } from './table.ts';
import { count, dottedRut, whole } from './words.ts';

/** One thing told about a student (or a course), in whatever result it stands. */
export interface Told {
  codigo: string | null;
  origen?: 'gestor' | 'previa';
  mensaje: string;
  explicacion?: string;
  queHacer: string;
  gravedad?: 'error' | 'aviso';
  rut?: string | null;
  codigoModulo?: string | null;
  ruta?: string;
  lugar?: string;
}

export interface GroupStyle {
  mark: string;
  color: (text: string) => string;
}

/** Up to so many of a kind are told one by one, each with its own message; more of them as a list of students. */
const ONE_BY_ONE = 6;
/** Of a warning, whom or where it is about. */
const FIRST = 3;

/**
 * Prints findings by kind, so that 400 students with one problem are one explanation and a list of students.
 * A kind is a code with one thing to do about it; where there is no code, what the message says.
 */
export function printGroups(
  terminal: Terminal,
  told: readonly Told[],
  style: GroupStyle,
  indent = '  ',
): void {
  for (const group of grouped(told)) printGroup(terminal, group, style, indent);
}

function grouped(told: readonly Told[]): [Told, ...Told[]][] {
  const groups = new Map<string, [Told, ...Told[]]>();
  for (const item of told) {
    const key = JSON.stringify([item.codigo, isOfficial(item) ? '' : patternOf(item), item.queHacer]);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** Goes by the official text of its code. A warning does not: the service takes what it is about. */
function isOfficial({ codigo, gravedad }: Told): boolean {
  return codigo !== null && isCodigo(codigo) && gravedad !== 'aviso';
}

function printGroup(
  terminal: Terminal,
  group: readonly [Told, ...Told[]],
  { mark, color }: GroupStyle,
  indent: string,
): void {
  const { colors } = terminal;
  const [first] = group;
  const code = first.codigo === null ? '' : ` · ${color(colors.bold(first.codigo))}`;
  const times = group.length > 1 ? ` ${colors.dim(`(${count(group.length, 'caso', 'casos')})`)}` : '';
  terminal.paragraph(
    `${colors.bold(titleOf(group))}${times}`,
    `${indent}  `,
    `${indent}${color(mark)}${code} · `,
  );
  const inner = `${indent}    `;
  // What was held back here explains itself in its own message.
  if (first.explicacion && first.origen === 'gestor')
    terminal.paragraph(colors.dim(first.explicacion), inner);
  if (group.length > ONE_BY_ONE) {
    for (const text of valuesOf(group)) terminal.paragraph(text, inner);
    printList(terminal, group, inner);
  } else for (const item of group) printOne(terminal, item, group, inner);
  terminal.paragraph(first.queHacer, `${inner}  `, `${inner}${colors.cyan('→')} `);
}

/** What the messages of many say together, where their title does not: the values differ, and may do so in several ways. */
function valuesOf(group: readonly [Told, ...Told[]]): string[] {
  const alike = new Map<string, [Told, ...Told[]]>();
  for (const item of group.filter((each) => saysMore(each, group))) {
    const pattern = patternOf(item);
    const others = alike.get(pattern);
    if (others) others.push(item);
    else alike.set(pattern, [item]);
  }
  return isOfficial(group[0]) ? [...alike.values()].map(together) : [];
}

/** Warnings as one paragraph each: what it is, about whom, what to do. */
export function printWarnings(terminal: Terminal, told: readonly Told[], indent: string): void {
  const { colors } = terminal;
  for (const group of grouped(told)) {
    const where = wheresOf(group);
    const shown = where.slice(0, FIRST).join('; ');
    const more = where.length > FIRST ? ` y ${whole(where.length - FIRST)} más` : '';
    terminal.paragraph(
      `${titleOf(group)}${colors.dim(`${shown ? ` (${shown}${more})` : ''} → ${group[0].queHacer}`)}`,
      `${indent}  `,
      `${indent}${colors.cyan('• Aviso')} · `,
    );
  }
}

/** The students that a warning is about, and where it stands; without what its message says already. */
function wheresOf(group: readonly Told[]): string[] {
  const wheres = group.map((item) =>
    [who(item), placeOf(item)].filter((part) => part !== '' && !item.mensaje.includes(part)).join(', '),
  );
  return [...new Set(wheres)].filter(Boolean);
}

function titleOf(group: readonly [Told, ...Told[]]): string {
  const [first] = group;
  if (isCodigo(first.codigo) && isOfficial(first)) {
    return CATALOGUE[first.codigo].text.replace(/ ?\(?\{\w+\}\)?/g, ' …').replace(/(?: …)?\.?$/, '');
  }
  return together(group);
}

function printOne(terminal: Terminal, item: Told, group: readonly [Told, ...Told[]], indent: string): void {
  const head = [who(item), terminal.colors.dim(placeOf(item))].filter(Boolean).join('  ');
  if (head) terminal.paragraph(head, `${indent}  `, indent);
  if (saysMore(item, group)) terminal.paragraph(item.mensaje, head ? `${indent}  ` : indent);
}

/** Whether the message adds to the title, the student and the module that are shown anyway. */
function saysMore(item: Told, group: readonly [Told, ...Told[]]): boolean {
  if (!isCodigo(item.codigo) || !isOfficial(item)) return item.mensaje !== titleOf(group) && group.length > 1;
  if (item.origen !== 'gestor') return true;
  return /\{(?!rutAlumno|codigoModulo)/.test(CATALOGUE[item.codigo].text);
}

/** Many of a kind: each student once. */
function printList(terminal: Terminal, group: readonly Told[], indent: string): void {
  const students = new Map<string, Told[]>();
  for (const item of group) {
    const rut = item.rut ?? '';
    students.set(rut, [...(students.get(rut) ?? []), item]);
  }
  const rows = [...students].map(([rut, items]) => [
    dottedRut(rut),
    [...new Set(items.flatMap(({ codigoModulo }) => codigoModulo ?? []))].join(', '),
    placesOf(items),
  ]);
  const columns = [
    { title: 'Alumno', align: 'right' as const },
    { title: 'Módulo', flexible: true },
    { title: 'Dónde', flexible: true },
  ];
  const used = columns.map((_, index) => rows.some((row) => row[index] !== ''));
  const keep = <T>(cells: readonly T[]): T[] => cells.filter((_, index) => used[index]);
  table(terminal, keep(columns), rows.map(keep), indent);
}

function placesOf(items: readonly Told[]): string {
  const places = [...new Set(items.map(placeOf))].filter(Boolean);
  // Of one student the first place is enough to find the others; rows of nobody stand for as many people.
  const shown = places.slice(0, items[0]?.rut ? 1 : FIRST);
  const rest = places.length - shown.length;
  return `${shown.join('; ')}${rest > 0 ? ` y ${count(rest, 'lugar más', 'lugares más')}` : ''}`;
}

function who({ rut, codigoModulo }: Told): string {
  return [rut ? dottedRut(rut) : '', codigoModulo ?? ''].filter(Boolean).join(' · ');
}

function placeOf({ lugar, ruta }: Told): string {
  return lugar ?? ruta ?? '';
}
