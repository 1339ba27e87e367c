import { Command, CommanderError } from 'commander';
import { declareAclarar } from './commands/aclarar.ts';
import { declareBitacora } from './commands/bitacora.ts';
import { declareConciliar } from './commands/conciliar.ts';
import { declareDemo } from './commands/demo.ts';
import { declareEnlace } from './commands/enlace.ts';
import { declareEnviar } from './commands/enviar.ts';
import { declareErrores } from './commands/errores.ts';
import { declareEstado } from './commands/estado.ts';
import { declareEvidencia, declareVerificar } from './commands/evidencia.ts';
import { declareExplicar } from './commands/explicar.ts';
import { declareFuente } from './commands/fuente.ts';
import { declareGestor } from './commands/gestor.ts';
import { declareHistorial } from './commands/historial.ts';
import { declareInit } from './commands/init.ts';
import { declareMoodle } from './commands/moodle.ts';
import { declareNoche } from './commands/noche.ts';
import { declarePersona } from './commands/persona.ts';
import { declarePlantilla } from './commands/plantilla.ts';
import { declarePrevisualizar } from './commands/previsualizar.ts';
import { declareProbar } from './commands/probar.ts';
import { declareRespaldar, declareRestaurar } from './commands/respaldo.ts';
import { declareServir } from './commands/servir.ts';
import { declareSincronizar } from './commands/sincronizar.ts';
import { declareToken } from './commands/token.ts';
import { declareValidar } from './commands/validar.ts';
import type { Context } from './context.ts';
import { spanishHelp } from './help.ts';
import { usageFailure } from './usage.ts';
import { VERSION } from './version.ts';

/** In the order in which a person comes to need them. */
const DECLARED = [
  declareDemo,
  declareInit,
  declarePlantilla,
  declareValidar,
  declareProbar,
  declarePrevisualizar,
  declareEnviar,
  declareErrores,
  declareEstado,
  declareServir,
  declareNoche,
  declareEnlace,
  declareHistorial,
  declareAclarar,
  declareSincronizar,
  declareConciliar,
  declareExplicar,
  declareEvidencia,
  declareVerificar,
  declareRespaldar,
  declareRestaurar,
  declareToken,
  declarePersona,
  declareBitacora,
  declareMoodle,
  declareFuente,
  declareGestor,
];

/** The whole command line, ready to be run or to be described. */
export function createProgram(context: Context): Command {
  const program = new Command('puente')
    .description(
      'Puente entre cualquier LMS y el Gestor Intermedio de SENCE: revisa, envía y explica el avance de los alumnos.',
    )
    .version(VERSION, '-V, --version', 'muestra la versión')
    .helpCommand('ayuda [comando]', 'muestra la ayuda de un comando');
  for (const declare of DECLARED) declare(program, context);
  for (const command of [program, ...descendants(program)]) {
    command
      .helpOption('--ayuda, --help', 'muestra esta ayuda')
      .configureHelp(spanishHelp(context.terminal.colors))
      .configureOutput({ writeErr: () => {} })
      .exitOverride();
  }
  return program.addHelpText(
    'after',
    `
Códigos de salida: 0 todo bien · 1 hay datos rechazados, retenidos o inválidos · 2 uso o configuración
incorrectos, o un archivo que falta · 3 sin conexión o sin autenticación, nada enviado · 4 no se sabe
qué pasó con algún envío · 130 se cortó con Ctrl-C. Toda orden acepta --json.`,
  );
}

/** Runs one order; wrong use is thrown as a Failure. */
export async function runProgram(argv: string[], context: Context): Promise<void> {
  const program = createProgram(context);
  if (argv.length === 0) {
    program.outputHelp();
    return;
  }
  try {
    await program.parseAsync(helpOfKnown(program, argv), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageFailure(error, named(program, argv));
  }
}

/** Help that is asked for of an order that does not exist is a slip, not a question: commander would answer anyhow. */
function helpOfKnown(program: Command, argv: readonly string[]): string[] {
  const isHelp = (word: string) => ['--help', '--ayuda', '-h'].includes(word);
  const words = argv.filter((word, at) => !isHelp(word) && !(at === 0 && word === 'ayuda'));
  let command: Command | undefined = program;
  for (const word of words) {
    if (command.commands.length === 0 || word.startsWith('-')) break;
    command = command.commands.find((child) => child.name() === word);
    if (command === undefined) return words;
  }
  return argv.map((word) => (word === '-h' ? '--help' : word));
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)]);
}

/** `puente gestor servir`: the order that the words begin with. */
function named(program: Command, argv: string[]): string {
  let command = program;
  let name = program.name();
  for (const word of argv) {
    const child = command.commands.find((candidate) => candidate.name() === word);
    if (!child) break;
    command = child;
    name += ` ${word}`;
  }
  return name;
}
