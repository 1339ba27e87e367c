import { mkdirSync } from 'node:fs';
import { Refusal } from '../http/refusal.ts';
import { DEFAULT_LIMITS, type GestorOptions } from '../options.ts';
import { injectFallas } from '../sandbox/inject.ts';
import { Reloj } from '../sandbox/reloj.ts';
import { validador } from '../sandbox/validador.ts';
import { type Gestor, startGestor } from '../server.ts';
import { StartError } from '../start-error.ts';
import { Courses } from './courses.ts';
import { type Informe, writeInforme } from './informe.ts';
import { judge, type Resultado } from './judge.ts';
import { observe } from './observe.ts';
import { KIT_NAV } from './pages.ts';
import { Registro } from './record.ts';
import type { Programa } from './record-schema.ts';
import { packLineas, reportPage } from './report.ts';
import { certificationRoutes } from './routes.ts';
import { enviosOf, scenarios, sheetRuts } from './scenarios.ts';
import { Session } from './session.ts';
import { fingerprint, kitKey, signText } from './sign.ts';

export interface KitOptions extends Omit<GestorOptions, 'clock' | 'registro' | 'datos'> {
  /** The kit's folder: its record of what it has seen and its key stay there. */
  datos: string;
  /** How long the slow answer takes, in seconds; 180 when left out. */
  segundosLenta?: number;
  /** Whose program is certified, and how; as it was said before when left out. */
  programa?: Programa;
}

export interface Kit extends Gestor {
  reloj: Reloj;
  /** What stands of each scenario now. */
  resultados(): Resultado[];
  informe(): Informe;
  /** The signed report, a file of HTML. */
  informeFirmado(): string;
  /** Of the key that signs the reports. */
  huella: string;
  /** Resolves once nothing is pending and no call came for a while, or somebody asked for the end. */
  untilDone(signal: AbortSignal): Promise<void>;
}

/** Many small calls at once are no fault of a sender here; what is sent with a bad token is looked at whole. */
const LIMITS = { porOtec: 5_000, porDireccion: 5_000, sinCredenciales: DEFAULT_LIMITS.cuerpo };

/**
 * Starts the certification kit: the sandbox's service with a course per scenario, which watches what a sender does and
 * judges it. Page and JSON at `/certificacion`.
 * @throws StartError where the folder's record is not as the kit wrote it, or is another program's.
 */
export async function startKit({ segundosLenta = 180, programa, ...options }: KitOptions): Promise<Kit> {
  mkdirSync(options.datos, { recursive: true });
  const reloj = new Reloj();
  const registro = new Registro(options.datos, { real: () => new Date(), kit: () => reloj.now() });
  const key = kitKey(options.datos);
  const huella = fingerprint(key);
  const escenarios = scenarios(segundosLenta);
  const ruts = sheetRuts(escenarios);
  const courses = new Courses(escenarios, registro.lineas);
  const session = new Session(registro, courses, segundosLenta);
  reloj.onMove = (from, to) => session.moved(from, to);

  const informe = () => writeInforme(registro.lineas, { real: new Date(), kit: reloj.now() });
  const informeFirmado = () => signText(reportPage(informe(), huella, packLineas(registro.lineas)), key);
  const resultados = () => judge(registro.lineas, reloj.now()).resultados;

  if (programa) nameAtStart(session, programa);
  const gestor = await startGestor(
    {
      ...options,
      limits: { ...LIMITS, ...options.limits },
      registro: courses.registry(),
      clock: () => reloj.now(),
    },
    (app, { store }) => {
      courses.use(store, () => reloj.now());
      const choose = observe(
        app,
        { clock: () => reloj.now(), seen: session.begun, isOfSheet: (rut) => ruts.has(rut) },
        {
          begun(llamada) {
            session.begin(llamada);
            const escenario = escenarios.find((each) => enviosOf(each, [llamada]).length > 0);
            return escenario ? courses.falla(escenario, llamada) : null;
          },
          answered: (llamada) => courses.enrolLate(llamada),
          ended: ({ desde: _, ...llamada }) => session.end(llamada),
        },
      );
      injectFallas(app, choose);
      validador(app, KIT_NAV);
      certificationRoutes(app, { session, informe, informeFirmado, resultados, escenarios, reloj, huella });
    },
  );
  const untilDone = (signal: AbortSignal) => session.untilDone(() => informe().pendientes === 0, signal);
  return { ...gestor, reloj, resultados, informe, informeFirmado, huella, untilDone };
}

/** What an address refuses with a status is at the start told as any other reason not to start. */
function nameAtStart(session: Session, programa: Programa): void {
  try {
    session.name(programa);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new StartError('Esta carpeta del kit es de otro programa.', error.message, { cause: error });
  }
}
