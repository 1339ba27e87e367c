import path from 'node:path';
import type { CursoConfig, Filters, Ledger, Otec, PlanRequest, SendRequest } from '@puente-sic/engine';
import type { Source } from '@puente-sic/sources';
import { type Connection, resolveConnection } from './config/connection.ts';
import { loadSettings } from './config/load.ts';
import type { Settings } from './config/settings.ts';
import type { Context } from './context.ts';
import { Failure } from './failure.ts';
import { type ConnectionOptions, type SelectionOptions, stateFolder } from './options.ts';
import { readAll, STDIN } from './stdin.ts';

/** Settings and connection of a command that only asks the Gestor something. */
export async function connect(
  context: Context,
  options: ConnectionOptions,
  needsTokens = true,
): Promise<{ settings: Settings; connection: Connection }> {
  const loaded = await loadSettings({ ...options, needsTokens, env: context.env });
  for (const warning of loaded.warnings) context.terminal.notice(`Aviso: ${warning}`);
  return {
    settings: loaded.settings,
    connection: resolveConnection(loaded.settings, options, context.env, needsTokens),
  };
}

/** What `preview` and `send` are asked, put together from puente.yaml and the flags. A preview leaves no trace. */
export async function withPlan<T>(
  context: Context,
  options: SelectionOptions,
  purpose: 'preview' | 'send',
  work: (plan: PlanRequest, connection: Connection) => Promise<T>,
): Promise<T> {
  const { settings, connection } = await connect(context, options, purpose === 'send');
  const sources = await openSources(context, settings, options);
  const { openLedger, openLedgerToRead } = await import('@puente-sic/engine');
  const datos = stateFolder(options.datos, context.env);
  const ledger = purpose === 'send' ? openLedger(datos) : openLedgerToRead(datos);
  try {
    return await work(planRequest(settings, connection, options, sources, ledger, context), connection);
  } finally {
    await ledger.close();
    for (const source of sources) await source.close();
  }
}

function planRequest(
  settings: Settings,
  { otecs }: Connection,
  options: SelectionOptions,
  sources: Source[],
  ledger: Ledger,
  context: Context,
): PlanRequest {
  const cursos = options.archivo === undefined ? cursosOf(settings, otecs) : undefined;
  return {
    sources,
    otecs,
    ledger,
    version: settings.version === '1' ? 1 : 2,
    at: options.al ?? context.clock(),
    filters: filtersOf(options),
    signal: context.signal,
    ...(cursos && { cursos }),
    ...(settings.modo && { modo: settings.modo }),
  };
}

/** With --rut-otec only the courses of that provider. */
function cursosOf(settings: Settings, otecs: readonly Otec[]): CursoConfig[] | undefined {
  const [only] = otecs;
  return settings.cursos?.flatMap((curso) => {
    const otec = curso.otec ?? only?.rut;
    return otec !== undefined && otecs.some(({ rut }) => rut === otec) ? { ...curso, otec } : [];
  });
}

function filtersOf({ curso, alumno, soloErrores }: SelectionOptions): Filters {
  return {
    ...(curso !== undefined && { curso }),
    ...(alumno !== undefined && { alumno }),
    ...(soloErrores && { soloErrores }),
  };
}

async function openSources(
  { stdin }: Context,
  { fuentes }: Settings,
  { archivo }: SelectionOptions,
): Promise<Source[]> {
  const { archivoSource } = await import('@puente-sic/sources');
  if (archivo === '-') return [archivoSource({ name: STDIN, ruta: STDIN, contenido: await readAll(stdin) })];
  if (archivo !== undefined)
    return [archivoSource({ name: path.basename(archivo), ruta: path.resolve(archivo) })];
  if (fuentes.length === 0) {
    throw new Failure(
      'No se sabe de dónde leer el avance.',
      'Diga --archivo, o escriba «fuentes» en puente.yaml. «puente plantilla» escribe una planilla de ejemplo.',
    );
  }
  return fuentes.map(({ nombre, ruta }) => archivoSource({ name: nombre, ruta }));
}

/** A client of the Gestor for one provider. */
export async function clientFactory({ gestor }: Connection): Promise<SendRequest['clientFor']> {
  const { GestorClient } = await import('@puente-sic/client');
  return ({ rut, token }) => new GestorClient({ baseUrl: gestor, credenciales: { rutOtec: rut, token } });
}
