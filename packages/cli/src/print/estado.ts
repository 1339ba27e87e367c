import type { DichoDeNoche, UltimaNoche } from '@puente-sic/engine';
import { santiagoDateTime } from '@puente-sic/protocol';
import type { Terminal } from '../terminal.ts';
import { count, dottedRut } from './words.ts';

/** The last night of each provider, and what is open. */
export function printEstado(
  terminal: Terminal,
  noches: readonly UltimaNoche[],
  erroresAbiertos: number,
): void {
  const { colors } = terminal;
  if (noches.length === 0) {
    terminal.line('Todavía no hay ninguna noche: «puente servir» envía solo, cada noche.');
    return;
  }
  for (const noche of noches) printNight(terminal, noche);
  if (erroresAbiertos === 0) return;
  const which = count(erroresAbiertos, 'problema pendiente', 'problemas pendientes');
  terminal.line(colors.dim(`${which} de corregir: puente errores`));
}

function printNight(terminal: Terminal, noche: UltimaNoche): void {
  const { colors } = terminal;
  const mark = noche.estado === 'bien' ? colors.green('✔') : colors.red('✖');
  terminal.line(`${mark} ${colors.bold(noche.titulo)}  ${colors.dim(noche.rutOtec)}`);
  for (const line of noche.mensaje.split('\n')) terminal.paragraph(line, '  ');
  if (noche.queHacer !== '') terminal.paragraph(noche.queHacer, '    ', `  ${colors.cyan('→')} `);
  for (const { titulo, mensaje, queHacer, desde } of noche.problemas) {
    const since = santiagoDateTime(new Date(desde)).slice(0, 16);
    terminal.paragraph(`${titulo} (desde ${since}). ${mensaje}`, '    ', `  ${colors.red('✖')} `);
    if (queHacer !== '') terminal.paragraph(queHacer, '      ', `    ${colors.cyan('→')} `);
  }
  const open = noche.cursos.filter(({ estado }) => estado !== 'hecha');
  for (const { curso, estado, motivo, proximo } of open) {
    const next =
      proximo === null ? '' : ` Se repite a las ${santiagoDateTime(new Date(proximo)).slice(11, 16)}.`;
    const what = estado === 'perdida' ? 'no se envió' : 'por enviar';
    terminal.paragraph(`${curso}: ${what}. ${motivo ?? ''}${next}`, '    ', `  ${colors.yellow('▲')} `);
  }
  const people = noche.dichos.filter(({ rut }) => rut !== null);
  for (const dicho of people) terminal.paragraph(personLine(dicho), '    ', `  ${colors.yellow('▲')} `);
  terminal.line();
}

function personLine({ rut, nombre, titulo, mensaje }: DichoDeNoche): string {
  const who = [nombre, rut === null ? null : dottedRut(rut)].filter((part) => part !== null).join(', ');
  return `${who}${titulo === null ? '' : ` (${titulo})`}: ${mensaje}`;
}
