import type { CursoDeUltimaNoche, DichoDeNoche, EnvioVisto, UltimaNoche } from '@puente-sic/engine';
import { santiagoDateTime } from '@puente-sic/protocol';
import type { Terminal } from '../terminal.ts';
import { chileanDay, clockTime, count, dottedRut } from './words.ts';

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
  for (const line of noche.mensaje.split('\n').filter(Boolean)) terminal.paragraph(line, '  ');
  if (noche.queHacer !== '') terminal.paragraph(noche.queHacer, '    ', `  ${colors.cyan('→')} `);
  for (const { titulo, mensaje, queHacer, desde, pasajero } of noche.problemas) {
    const sign = pasajero ? colors.yellow('▲') : colors.red('✖');
    const since = santiagoDateTime(new Date(desde)).slice(0, 16);
    terminal.paragraph(`${titulo} (desde ${since}). ${mensaje}`, '    ', `  ${sign} `);
    if (queHacer !== '') terminal.paragraph(queHacer, '      ', `    ${colors.cyan('→')} `);
  }
  printCursos(terminal, noche.cursos);
  const people = noche.dichos.filter(({ rut }) => rut !== null);
  for (const dicho of people) terminal.paragraph(personLine(dicho), '    ', `  ${colors.yellow('▲')} `);
  if (noche.enCurso !== null) printUnderWay(terminal, noche.enCurso);
  terminal.line();
}

function printUnderWay(
  terminal: Terminal,
  { noche, termina, hechos, cursos, dichos }: NonNullable<UltimaNoche['enCurso']>,
): void {
  const done = `${hechos} de ${count(cursos.length, 'curso listo', 'cursos listos')}`;
  terminal.paragraph(
    `La noche del ${chileanDay(noche)} está en curso, hasta las ${clockTime(termina)}: ${done}.`,
    '    ',
    `  ${terminal.colors.cyan('…')} `,
  );
  printCursos(terminal, cursos);
  for (const { mensaje, queHacer } of dichos.filter(({ gravedad }) => gravedad === 'rojo')) {
    if (!cursos.some(({ motivo }) => motivo === mensaje)) terminal.paragraph(mensaje, '    ');
    terminal.paragraph(queHacer, '      ', `    ${terminal.colors.cyan('→')} `);
  }
}

/** What of a night is not simply done; after its window nothing is tried again. */
function printCursos(terminal: Terminal, cursos: readonly CursoDeUltimaNoche[]): void {
  const { colors } = terminal;
  for (const { curso, situacion, motivo, proximo } of cursos) {
    if (situacion === 'hecha') continue;
    const next = proximo === null ? '' : ` Se intenta a las ${clockTime(new Date(proximo))}.`;
    const mark = situacion === 'recuperada' ? colors.green('✔') : colors.yellow('▲');
    const why = situacion === 'perdida' || situacion === 'pendiente' ? (motivo ?? '') : '';
    terminal.paragraph(`${curso}: ${SITUACION[situacion]} ${why}${next}`.trimEnd(), '    ', `  ${mark} `);
  }
}

const SITUACION: Record<CursoDeUltimaNoche['situacion'], string> = {
  hecha: 'listo.',
  pendiente: 'por enviar.',
  esperando: 'se envió y SENCE todavía no dice si lo tiene: puente le sigue preguntando.',
  perdida: 'no se envió.',
  recuperada: 'no se envió esa noche; se envió después y SENCE lo aceptó.',
};

function printUnanswered(terminal: Terminal, envios: readonly EnvioVisto[]): void {
  if (envios.length === 0) return;
  const { colors } = terminal;
  const which = count(envios.length, 'envío sin respuesta clara', 'envíos sin respuesta clara');
  terminal.line(`${colors.yellow('▲')} ${colors.bold(which)}`);
  for (const { codigoEnvio, titulo, noche, registros, espera, estado } of envios) {
    const what = `${codigoEnvio}: ${titulo}, noche del ${noche}, ${count(registros, 'registro', 'registros')}.`;
    terminal.paragraph(
      `${what} ${estado === 'enviando' ? ON_ITS_WAY : (espera?.mensaje ?? '')}`.trimEnd(),
      '    ',
    );
  }
  const fix =
    'Se aclaran solos cuando SENCE los muestra en su historial. Si no puede saberse, mírelos en SIC y dígalo con «puente aclarar».';
  terminal.paragraph(fix, '    ', `  ${colors.cyan('→')} `);
}

/** True of a call under way and of one whose process was killed: which of them it is shows when the next one sends. */
const ON_ITS_WAY =
  'Salió y todavía no hay respuesta. Si en este momento nada está enviando, el programa se cortó a medio envío: el próximo envío lo averigua en el historial de SENCE antes de repetir nada.';

function personLine({ rut, nombre, titulo, mensaje }: DichoDeNoche): string {
  const who = [nombre, rut === null ? null : dottedRut(rut)].filter((part) => part !== null).join(', ');
  return `${who}${titulo === null ? '' : ` (${titulo})`}: ${mensaje}`;
}
