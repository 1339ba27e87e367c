import { CATALOGUE, isCodigo } from '@puente-sic/protocol';
import type { Terminal } from '../terminal.ts';
import { count, dottedRut } from './words.ts';

/** One thing told about a student (or a course), in whatever result it stands. */
export interface Told {
  codigo: string | null;
  mensaje: string;
  explicacion?: string;
  queHacer: string;
  rut?: string | null;
  codigoModulo?: string | null;
  ruta?: string;
  lugar?: string;
}

export interface GroupStyle {
  mark: string;
  color: (text: string) => string;
}

/**
 * Prints findings by kind, so that 400 students with one problem are one explanation and a list of students.
 * A kind is a code with one thing to do about it.
 */
export function printGroups(
  terminal: Terminal,
  told: readonly Told[],
  style: GroupStyle,
  indent = '  ',
): void {
  for (const group of grouped(told)) printGroup(terminal, group, style, indent);
}

function grouped(told: readonly Told[]): Told[][] {
  const groups = new Map<string, Told[]>();
  for (const item of told) {
    const key = JSON.stringify([item.codigo, item.codigo === null ? generic(item) : '', item.queHacer]);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** A message without what it says of one student only: figures and quoted texts. */
function generic({ mensaje, rut }: Told): string {
  const anonymous = rut ? mensaje.replaceAll(rut, '') : mensaje;
  return anonymous.replace(/«[^»]*»|[\d.,]+/g, '');
}

function printGroup(terminal: Terminal, group: Told[], { mark, color }: GroupStyle, indent: string): void {
  const { colors } = terminal;
  const [first] = group;
  if (!first) return;
  const same = new Set(group.map(({ mensaje }) => mensaje)).size === 1;
  const title = same && first.codigo === null ? first.mensaje : titleOf(first);
  const times = group.length > 1 ? colors.dim(`  (${count(group.length, 'caso', 'casos')})`) : '';
  terminal.paragraph(title + times, `${indent}  `, `${indent}${color(mark)} ${codeOf(first, color)}`);
  const inner = `${indent}    `;
  if (first.explicacion && first.explicacion !== title)
    terminal.paragraph(colors.dim(first.explicacion), inner);
  terminal.paragraph(first.queHacer, `${inner}  `, `${inner}${colors.cyan('→')} `);
  for (const item of group) {
    const detail = same && first.codigo === null ? '' : item.mensaje;
    terminal.paragraph(
      [who(item), detail, colors.dim(place(item))].filter(Boolean).join(' · '),
      `${inner}  `,
      inner,
    );
  }
}

function codeOf({ codigo }: Told, color: (text: string) => string): string {
  return codigo === null ? '' : `${color(codigo)} · `;
}

/** An official code goes by its official text. */
function titleOf({ codigo, mensaje }: Told): string {
  if (codigo === null || !isCodigo(codigo)) return mensaje;
  return CATALOGUE[codigo].text.replace(/ ?\(?\{\w+\}\)?/g, ' …').replace(/ …\.?$/, '');
}

function who({ rut, codigoModulo }: Told): string {
  return [rut ? dottedRut(rut) : '', codigoModulo ?? ''].filter(Boolean).join('  ');
}

function place({ lugar, ruta }: Told): string {
  return lugar ?? ruta ?? '';
}
