import type { ErrorAbierto } from '@puente-sic/engine';
import { santiagoDate } from '@puente-sic/protocol';
import type { Terminal } from '../terminal.ts';
import { count, dottedRut } from './words.ts';

/** Open errors student by student, in the order in which they wait. */
export function printErrores(terminal: Terminal, errores: readonly ErrorAbierto[]): void {
  const { colors } = terminal;
  if (errores.length === 0) {
    terminal.line(`${colors.green('✔')} No hay nada pendiente de corregir.`);
    return;
  }
  let student = '';
  for (const error of errores) {
    const who = error.rut === null ? 'Sin alumno identificado' : dottedRut(error.rut);
    const head = `${colors.bold(who)}  ${colors.dim(`${error.codigoOferta} · grupo ${error.codigoGrupo}`)}`;
    if (head !== student) {
      if (student !== '') terminal.line();
      terminal.line(head);
      student = head;
    }
    printError(terminal, error);
  }
  terminal.line();
  terminal.line(
    `${count(errores.length, 'problema pendiente', 'problemas pendientes')}. Después de corregir los datos: puente enviar --solo-errores`,
  );
}

function printError(terminal: Terminal, error: ErrorAbierto): void {
  const { colors } = terminal;
  const { codigo, codigoModulo, origen, mensaje, explicacion, queHacer, lugar } = error;
  const color = origen === 'gestor' ? colors.red : colors.yellow;
  const mark = origen === 'gestor' ? '✖' : '▲';
  const what = [codigo && color(codigo), codigoModulo, mensaje].filter(Boolean).join(' · ');
  terminal.paragraph(what, '    ', `  ${color(mark)} `);
  if (origen === 'gestor') terminal.paragraph(colors.dim(explicacion), '    ');
  const since = `desde el ${chilean(santiagoDate(error.desde))}`;
  terminal.paragraph(colors.dim([since, lugar].filter(Boolean).join(' · ')), '    ');
  terminal.paragraph(queHacer, '      ', `    ${colors.cyan('→')} `);
}

/** `22-11-2026` */
function chilean(day: string): string {
  return day.split('-').reverse().join('-');
}
