import type { CursoConfig, Filters, Ledger, Otec, PlanRequest, SendRequest } from '@puente-sic/engine';
import type { Source } from '@puente-sic/sources';
import { type Connection, resolveConnection } from './config/connection.ts';
import { loadSettings } from './config/load.ts';
import { withTokens } from './config/secrets.ts';
import type { Settings } from './config/settings.ts';
import type { Host } from './host.ts';
import { type ConnectionOptions, type PlaceOptions, type SelectionOptions, stateFolder } from './options.ts';
import { openSources } from './sources.ts';

/** Settings and connection of a command that only asks the Gestor something. */
export async function connect(
  host: Host,
  options: ConnectionOptions & PlaceOptions,
  needsTokens = true,
): Promise<{ settings: Settings; connection: Connection }> {
  const place = { env: host.env, onNotice: (text: string) => host.onNotice(text) };
  const { permitirHttp = [], ...where } = options;
  const http = needsTokens ? { permitirHttp } : {};
  const loaded = await loadSettings({ ...where, ...http, needsTokens, ...place });
  for (const warning of loaded.warnings) host.onNotice(warning);
  const settings = needsTokens
    ? await withTokens(loaded.settings, { ...options, ...place })
    : loaded.settings;
  return { settings, connection: resolveConnection(settings, options, host.env, needsTokens) };
}

/** What `preview` and `send` are asked, put together from puente.yaml and the flags. Only a send leaves a trace. */
export async function withPlan<T>(
  host: Host,
  options: SelectionOptions,
  purpose: 'preview' | 'compare' | 'send',
  work: (plan: PlanRequest, connection: Connection) => Promise<T>,
): Promise<T> {
  const { settings, connection } = await connect(host, options, purpose !== 'preview');
  const { openLedger, openLedgerToRead } = await import('@puente-sic/engine');
  const datos = stateFolder(options.datos, host.env);
  const ledger = purpose === 'send' ? await openLedger(datos) : await openLedgerToRead(datos);
  for (const aviso of ledger.avisos) host.onNotice(aviso);
  let sources: Source[] = [];
  try {
    sources = await openSources(host, settings, options);
    return await work(planRequest(settings, connection, options, sources, ledger, host), connection);
  } finally {
    for (const source of sources) await source.close();
    await ledger.close();
  }
}

function planRequest(
  settings: Settings,
  { otecs }: Connection,
  options: SelectionOptions,
  sources: Source[],
  ledger: Ledger,
  host: Host,
): PlanRequest {
  const cursos = options.archivo === undefined ? cursosOf(settings, otecs) : undefined;
  return {
    sources,
    otecs,
    ledger,
    version: settings.version === '1' ? 1 : 2,
    at: options.al ?? host.clock(),
    filters: filtersOf(options),
    signal: host.signal,
    ...(cursos && { cursos }),
    ...(settings.modo && { modo: settings.modo }),
  };
}

/** With --rut-otec only the courses of that provider. */
export function cursosOf(settings: Settings, otecs: readonly Otec[]): CursoConfig[] | undefined {
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

/** A client of the Gestor for one provider. */
export async function clientFactory({ gestor }: Connection): Promise<SendRequest['clientFor']> {
  const { GestorClient } = await import('@puente-sic/client');
  return ({ rut, token }) => new GestorClient({ baseUrl: gestor, credenciales: { rutOtec: rut, token } });
}
