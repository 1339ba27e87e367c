import { setTimeout as wait } from 'node:timers/promises';
import { Failure, type OneNight, runOneNight } from '@puente-sic/app';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import {
  type CommonOptions,
  commonOptions,
  datosOption,
  permitirHttp,
  readSite,
  readWhole,
} from '../options.ts';
import { printEvent } from '../print/event.ts';
import { chileanDay, clockTime, count } from '../print/words.ts';

interface NocheOptions extends CommonOptions {
  datos?: string;
  unaVez?: boolean;
  espera: number;
  direccionPublica?: string;
  permitirHttp?: string[];
}

export function declareNoche(program: Command, context: Context): void {
  const command = program
    .command('noche')
    .description(
      'envía la noche y termina: para un temporizador, cron o cPanel, donde «puente servir» no puede quedar andando',
    );
  examples(
    datosOption(commonOptions(command))
      .option('--una-vez', 'hace lo que toca ahora y termina (obligatoria)')
      .option(
        '--espera <MINUTOS>',
        'si la ventana abre en menos de estos minutos, la espera',
        readWhole(0, 120),
        15,
      )
      .option(
        '--direccion-publica <URL>',
        'dónde está el panel, para los enlaces de los correos (si falta: http://127.0.0.1:4350)',
        readSite('--direccion-publica'),
      )
      .addOption(permitirHttp()),
    ['puente noche --una-vez', 'cada hora: fuera de la ventana termina de inmediato'],
  ).action(async (options: NocheOptions) => context.finish(await noche(context, options)));
}

async function noche(context: Context, options: NocheOptions): Promise<ExitCode> {
  if (!options.unaVez) {
    throw new Failure(
      '«puente noche» hace una noche y termina: hay que decirlo con --una-vez.',
      'Escriba «puente noche --una-vez». Para que quede funcionando y envíe todas las noches: «puente servir».',
    );
  }
  const { terminal, clock } = context;
  let isLost = false;
  const ended = await runOneNight(
    context,
    options,
    {
      panel: options.direccionPublica ?? 'http://127.0.0.1:4350',
      onEvent: (event) => {
        isLost ||= event.kind === 'lost';
        printEvent(terminal, event, clock());
      },
      onUndelivered: (canal) =>
        terminal.notice(`El aviso por ${canal} no se pudo entregar; se repetirá en la próxima ejecución.`),
      onDefect: (error, haciendo = 'la noche') =>
        terminal.notice(`Defecto de puente en ${haciendo}: ${error instanceof Error ? error.stack : error}`),
      onWait: (abre) =>
        terminal.line(`La ventana abre a las ${clockTime(abre)}, hora de Santiago: se espera.`),
      pause: (ms, signal) => wait(ms, undefined, { signal }).catch(() => {}),
    },
    options.espera * 60_000,
  );
  if (context.json) terminal.json(ended);
  for (const one of ended) terminal.line(sayEnd(one));
  const isWell = !isLost && ended.every(({ noche }) => noche.kind === 'cerrada' || isDone(noche));
  return isWell ? EXIT.ok : EXIT.data;
}

function isDone(noche: OneNight[number]['noche']): boolean {
  return noche.kind === 'lista' && noche.perdidos === 0;
}

function sayEnd({ otec, noche }: OneNight[number]): string {
  switch (noche.kind) {
    case 'cerrada':
      return `${otec}: la ventana está cerrada; abre a las ${clockTime(noche.abre)}, hora de Santiago.`;
    case 'falta':
      return `${otec}: la noche del ${chileanDay(noche.noche)} quedó a medias; siga con «puente noche --una-vez» antes de las ${clockTime(noche.cierra)}.`;
    case 'lista':
      return noche.perdidos === 0
        ? `${otec}: la noche del ${chileanDay(noche.noche)} está lista. Qué entró y qué no: «puente estado» y «puente errores».`
        : `${otec}: la noche del ${chileanDay(noche.noche)} terminó sin ${count(noche.perdidos, 'curso', 'cursos')}: «puente estado» dice cuáles y por qué.`;
  }
}
