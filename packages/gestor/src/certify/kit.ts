import { mkdirSync } from 'node:fs';
import type { Context } from '../context.ts';
import type { GestorOptions } from '../options.ts';
import { importRegistry } from '../registry/import.ts';
import { readRegistry } from '../registry/json.ts';
import { injectFallas } from '../sandbox/inject.ts';
import { Reloj } from '../sandbox/reloj.ts';
import { validador } from '../sandbox/validador.ts';
import { type Gestor, startGestor } from '../server.ts';
import type { Llamada } from './call.ts';
import { CallLog } from './log.ts';
import { observe } from './observe.ts';
import { KIT_NAV } from './pages.ts';
import { certificationRoutes } from './routes.ts';
import { enviosOf, judgeAll, type Resultado, registryFor, scenarios } from './scenarios.ts';
import { fingerprint, kitKey } from './sign.ts';

export interface KitOptions extends Omit<GestorOptions, 'clock' | 'registro' | 'datos'> {
  /** The kit's folder: what it has seen and its key stay there. */
  datos: string;
  /** How long the slow answer takes, in seconds; 180 when left out. */
  segundosLenta?: number;
}

export interface Kit extends Gestor {
  reloj: Reloj;
  /** What stands of each scenario now. */
  resultados(): Resultado[];
  /** Of the key that signs the reports. */
  huella: string;
}

/**
 * Starts the certification kit: the sandbox's service with a course per scenario, which watches what a sender does and
 * judges it. Page and JSON at `/certificacion`.
 */
export async function startKit({ segundosLenta = 180, ...options }: KitOptions): Promise<Kit> {
  mkdirSync(options.datos, { recursive: true });
  const reloj = new Reloj();
  const log = new CallLog(options.datos);
  const key = kitKey(options.datos);
  const huella = fingerprint(key);
  const escenarios = scenarios(segundosLenta);
  const resultados = () => judgeAll(escenarios, log.calls);
  // Calls under way count for the faults: a sender that doubles while the first one waits must not meet it again.
  const begun: Llamada[] = [...log.calls];

  const gestor = await startGestor(
    { ...options, registro: registryFor(escenarios, begun), clock: () => reloj.now() },
    (app, context) => {
      const choose = observe(
        app,
        { clock: () => reloj.now(), seen: log.calls.at(-1)?.n ?? 0 },
        {
          begun(llamada) {
            const escenario = escenarios.find((each) => enviosOf(each, [llamada]).length > 0);
            const falla = escenario?.falla?.(enviosOf(escenario, begun)) ?? null;
            begun.push(llamada);
            return falla;
          },
          answered: (llamada) => enrolLate(llamada),
          ended: ({ desde: _, ...llamada }) => log.add(llamada),
        },
      );
      injectFallas(app, choose);
      validador(app, KIT_NAV);
      certificationRoutes(app, { resultados, escenarios, reloj, key, huella });

      const enrolLate = async (llamada: Llamada) => {
        const late = escenarios.find((each) => each.curso?.tarde && enviosOf(each, [llamada]).length > 0);
        if (late) await importNow(context, [...log.calls, llamada]);
      };
    },
  );

  async function importNow({ store }: Context, calls: readonly Llamada[]): Promise<void> {
    await importRegistry(store, readRegistry(registryFor(escenarios, calls)), { now: reloj.now() });
  }
  return { ...gestor, reloj, resultados, huella };
}
