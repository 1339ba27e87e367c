import { makeEnlace, type Service } from '@puente-sic/app';
import type { Panel } from '@puente-sic/panel';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { examples } from '../help.ts';
import { openBrowser, runningPanel } from '../open-browser.ts';
import { commonOptions, datosOption, permitirHttp, readWhole } from '../options.ts';
import type { ServiceOptions } from '../service.ts';

export function declareServir(program: Command, context: Context): void {
  const command = program
    .command('servir')
    .description(
      'queda funcionando, envía cada noche dentro de la ventana y muestra el panel en el navegador',
    );
  examples(
    datosOption(commonOptions(command))
      .option(
        '--puerto <PUERTO>',
        'puerto del panel y de GET /salud; 0 toma uno libre (si falta: 4350)',
        readWhole(0, 65_535),
      )
      .option(
        '--direccion <DIRECCIÓN>',
        'dónde escucha; otra que 127.0.0.1 exige que ya exista un administrador',
      )
      .option(
        '--direccion-publica <URL>',
        'con qué dirección lo ven los navegadores, detrás de un proxy HTTPS',
      )
      .option('--abrir', 'abre el panel en el navegador; si Puente ya está funcionando aquí, abre ese')
      .addOption(permitirHttp()),
    ['puente servir', 'y abrir http://127.0.0.1:4350'],
    ['puente servir --puerto 4351', 'como servicio del sistema'],
  ).action(async (options: ServirOptions) => context.finish(await servir(context, options)));
}

interface ServirOptions extends ServiceOptions {
  abrir?: boolean;
}

async function servir(context: Context, { abrir, ...options }: ServirOptions): Promise<ExitCode> {
  const { openPanelService } = await import('../service.ts');
  const { terminal } = context;
  const running = abrir ? await runningPanel(options.puerto) : null;
  if (running !== null) {
    terminal.line(`Puente ya está funcionando en este computador: ${running}`);
    openBrowser(running, context);
    return EXIT.ok;
  }
  const service = await openPanelService(context, options);
  const { url } = service.panel;
  const generation = service.generation();
  const otecs = generation?.running.providers.map(({ otec }) => otec.rut) ?? [];
  const first = await firstEnlace(context, options, service);
  if (context.json) terminal.json({ otecs, panel: url, salud: `${url}/salud`, enlace: first?.url ?? null });
  const state =
    otecs.length > 0
      ? `Enviando cada noche por ${otecs.join(', ')}.`
      : generation?.settings == null
        ? 'No se envía nada: el panel dice por qué y qué hacer.'
        : 'Todavía no se envía nada: abra el panel y complete la puesta en marcha.';
  terminal.line(`${state} Se detiene con Ctrl-C.`);
  terminal.line(`Panel: ${url}`);
  terminal.line(`Salud: ${url}/salud`);
  if (first !== null) {
    terminal.line(`Para crear la cuenta de quien administra, abra: ${first.url}`);
    terminal.line(
      `  Sirve una vez, por diez minutos. También está en ${first.archivo}. Otro: «puente enlace».`,
    );
  }
  // Whoever sees a process's words on Windows may read its files as well; elsewhere everybody may, and the link lets in.
  if (abrir) openBrowser(process.platform === 'win32' && first !== null ? first.url : url, context);
  await service.run();
  return EXIT.ok;
}

/** The way in while nobody has an account; null: somebody has, or nothing can be used yet. */
async function firstEnlace(
  { env, clock }: Context,
  options: ServiceOptions,
  service: Service<Panel>,
): Promise<{ url: string; archivo: string } | null> {
  if (!(await service.isUnclaimed())) return null;
  return makeEnlace({ ...options, env }, options.direccionPublica ?? service.panel.url, clock());
}
