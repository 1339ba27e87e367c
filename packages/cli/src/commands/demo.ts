import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type CommonOptions, commonOptions, readWhole } from '../options.ts';

interface DemoOptions extends CommonOptions {
  panel?: boolean;
  puerto?: number;
}

export function declareDemo(program: Command, context: Context): void {
  const command = program
    .command('demo')
    .description('muestra todo el recorrido con datos inventados, en este equipo y sin conectarse a nada');
  commonOptions(command)
    .option('--panel', 'abre el panel sobre esos datos, con una noche por comenzar, hasta que se detenga')
    .option('--puerto <PUERTO>', 'con --panel: puerto del panel (si falta: 4350)', readWhole(0, 65_535))
    .action(async ({ panel, puerto }: DemoOptions) =>
      context.finish(await (panel ? demoPanel(context, puerto) : demo(context))),
    );
}

async function demo(context: Context): Promise<ExitCode> {
  const [{ openStage }, { play }, { exitCodeOf }] = await Promise.all([
    import('../demo/stage.ts'),
    import('../demo/acts.ts'),
    import('@puente-sic/engine'),
  ]);
  const stage = await openStage(context.signal);
  try {
    const played = await play(context, stage);
    if (context.json) context.terminal.json(played);
    // Tonight's mistakes belong to the play; what must be right is its end.
    return exitCodeOf(played.corregido);
  } finally {
    await stage.close();
  }
}

async function demoPanel(context: Context, puerto: number | undefined): Promise<ExitCode> {
  const { openDemoPanel } = await import('../demo/panel.ts');
  const { typed } = await import('../demo/examples.ts');
  const { terminal } = context;
  const { service, enlace, usuario, clave, sandbox, planillas, close } = await openDemoPanel(context, puerto);
  const { url } = service.panel;
  if (context.json) terminal.json({ panel: url, enlace, usuario, clave, sandbox, planillas });
  terminal.line(terminal.colors.bold('Puente, en un ensayo: la OTEC y sus alumnos son inventados'));
  terminal.paragraph(
    'Tiene dos noches enviadas a un Gestor Intermedio de ensayo que corre en este equipo. En dos minutos comienza la tercera, que dura diez para no hacer esperar. Nada llega a SENCE ni sale a internet, y al detenerlo con Ctrl-C no queda ningún archivo.',
  );
  terminal.line();
  terminal.line('  Abra este enlace: entra sin contraseña, una vez, en los próximos diez minutos.');
  terminal.line(`  ${terminal.colors.cyan(enlace)}`);
  terminal.line();
  terminal.line(
    '  Ahí verá quién quedó pendiente y por qué, y las planillas ya corregidas para probar a subirlas.',
  );
  terminal.line();
  terminal.line(`  Panel       ${url}   (si vuelve a entrar después)`);
  terminal.line(`  Usuario     ${usuario}`);
  terminal.line(`  Contraseña  ${clave}`);
  terminal.line();
  terminal.line(`  Planillas que lee cada noche   ${planillas}`);
  terminal.line(typed('  Las mismas, ya corregidas      examples/otec-demo-completo'));
  terminal.line(typed('  Otro LMS, por su base          examples/plataforma-propia'));
  terminal.line(`  Pedir fallas al Gestor         ${sandbox}`);
  terminal.line();
  try {
    await service.run();
  } finally {
    await close();
  }
  return EXIT.ok;
}
