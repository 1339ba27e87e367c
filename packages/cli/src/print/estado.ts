import type { DichoDeNoche, EnvioVisto, UltimaNoche } from '@puente-sic/engine';
import { santiagoDateTime } from '@puente-sic/protocol';
import type { Terminal } from '../terminal.ts';
import { count, dottedRut } from './words.ts';

export interface Estado {
  noches: readonly UltimaNoche[];
  erroresAbiertos: number;
  /** Calls of which nobody knows what became. */
  sinRespuesta: readonly EnvioVisto[];
}

/** The last night of each provider, and what is open. */
export function printEstado(terminal: Terminal, { noches, erroresAbiertos, sinRespuesta }: Estado): void {
  const { colors } = terminal;
  if (noches.length === 0) {
    terminal.line('Todavía no hay ninguna noche: «puente servir» envía solo, cada noche.');
  }
  for (const noche of noches) printNight(terminal, noche);
  printUnanswered(terminal, sinRespuesta);
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

function printUnanswered(terminal: Terminal, envios: readonly EnvioVisto[]): void {
  if (envios.length === 0) return;
  const { colors } = terminal;
  const which = count(envios.length, 'envío sin respuesta clara', 'envíos sin respuesta clara');
  terminal.line(`${colors.yellow('▲')} ${colors.bold(which)}`);
  for (const { codigoEnvio, titulo, noche, registros, espera } of envios) {
    const what = `${codigoEnvio}: ${titulo}, noche del ${noche}, ${count(registros, 'registro', 'registros')}.`;
    terminal.paragraph(`${what} ${espera?.mensaje ?? ''}`.trimEnd(), '    ');
  }
  const fix =
    'Se aclaran solos cuando SENCE los muestra en su historial. Si no puede saberse, mírelos en SIC y dígalo con «puente aclarar».';
  terminal.paragraph(fix, '    ', `  ${colors.cyan('→')} `);
}

function personLine({ rut, nombre, titulo, mensaje }: DichoDeNoche): string {
  const who = [nombre, rut === null ? null : dottedRut(rut)].filter((part) => part !== null).join(', ');
  return `${who}${titulo === null ? '' : ` (${titulo})`}: ${mensaje}`;
}
