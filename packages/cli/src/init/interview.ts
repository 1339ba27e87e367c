import {
  type FuenteMoodle,
  gestorProblem,
  openMoodle,
  plainHttpProblem,
  siteProblem,
  variable,
} from '@puente-sic/app';
import { BASE_URL, formatRut, isValidRut, readRut, readToken } from '@puente-sic/protocol';
import type { CourseSummary, MoodleBd, MoodleWs } from '@puente-sic/sources';
import type { Context } from '../context.ts';
import { count } from '../print/words.ts';
import type { Asker } from './asker.ts';
import { askEntities } from './entities.ts';
import type { Answers, CursoAnswer } from './write.ts';

/**
 * Asks what puente.yaml needs, tries each answer that can be tried, and suggests what can be seen. `folder`: that of
 * puente.yaml, which its paths are relative to.
 */
export async function interview(ask: Asker, context: Context, folder = '.'): Promise<Answers> {
  const rut = await askRut(ask);
  const gestor = await ask.text({
    message: 'Dirección del Gestor Intermedio',
    suggestion: BASE_URL,
    check: (text) => said(gestorProblem(text.trim()) ?? plainHttpProblem(text.trim(), [])),
  });
  await tryToken(ask, context, rut, gestor);
  const tipo = await ask.choose('¿De dónde salen los datos?', [
    { value: 'archivo', label: 'Planillas o archivos', hint: 'CSV, Excel o JSON' },
    {
      value: 'moodle-bd',
      label: 'Moodle, por su base de datos',
      hint: 'lo más completo: incluye el tiempo conectado',
    },
    { value: 'moodle-ws', label: 'Moodle, por servicios web', hint: 'con un token del sitio' },
    { value: 'sql', label: 'Otro LMS, por su base de datos', hint: 'Tutor LMS, o una plataforma propia' },
    { value: 'entidades', label: 'Otro LMS, por archivos', hint: 'una carpeta con un archivo por entidad' },
  ]);
  const common = { ...(gestor !== BASE_URL && { gestor }), rut };
  if (tipo === 'archivo') return { ...common, fuente: await askFiles(ask), cursos: [] };
  if (tipo === 'sql' || tipo === 'entidades')
    return { ...common, ...(await askEntities(ask, context, { tipo, folder })) };
  const { written, live } = await (tipo === 'moodle-bd' ? askDatabase(ask) : askWebServices(ask));
  return { ...common, fuente: written, cursos: await askCourses(ask, context, live) };
}

async function askRut(ask: Asker): Promise<string> {
  const text = await ask.text({
    message: 'RUT de la OTEC',
    check: (answer) => {
      const rut = readRut(answer);
      if (!rut) return 'Escríbalo así: 77124930-2';
      return isValidRut(rut) ? undefined : 'El dígito verificador no corresponde a ese RUT';
    },
  });
  const rut = readRut(text);
  if (!rut) throw new Error('An answer that was not checked');
  return formatRut(rut);
}

/** The token is tried and never written. */
async function tryToken(ask: Asker, context: Context, rutOtec: string, gestor: string): Promise<void> {
  const known = readToken(context.env.SENCE_TOKEN ?? '')?.token;
  const typed = known
    ? undefined
    : await ask.secret({
        message:
          'Token de la OTEC (de https://sistemas.sence.cl/rts); no se guarda, y puede dejarse en blanco',
        check: (text) =>
          text.trim() === '' || readToken(text) ? undefined : 'No tiene la forma de un token de SENCE',
      });
  const token = known ?? readToken(typed ?? '')?.token;
  if (!token) {
    ask.tell('Antes de enviar, defina la variable SENCE_TOKEN con el token.');
    return;
  }
  const { GestorClient } = await import('@puente-sic/client');
  const client = new GestorClient({ baseUrl: gestor, credenciales: { rutOtec, token } });
  const test = await ask.during('Probando la conexión con el Gestor', () =>
    client.testConnection({ signal: context.signal }),
  );
  if (test.kind === 'accepted') ask.tell('Se llega al Gestor y acepta el token.');
  else if (test.kind === 'refused')
    ask.tell(`Se llega al Gestor, pero no acepta el token: «${test.reason.message}».`);
  else ask.tell(`${test.error.mensaje} ${test.error.queHacer}`);
}

async function askFiles(ask: Asker): Promise<Answers['fuente']> {
  const ruta = await ask.text({ message: 'Archivo, o carpeta con los archivos', suggestion: './planillas' });
  return { nombre: 'planillas', tipo: 'archivo', ruta };
}

/** A Moodle as it is written, with its secrets as variables, and as it is tried now. */
interface MoodleAnswer {
  written: Answers['fuente'];
  live: FuenteMoodle;
}

async function askDatabase(ask: Asker): Promise<MoodleAnswer> {
  const motor = await ask.choose('¿Qué base de datos usa Moodle?', [
    { value: 'mariadb', label: 'MariaDB o MySQL' },
    { value: 'postgres', label: 'PostgreSQL' },
  ]);
  ask.tell(
    `La cuenta debe ser de solo lectura: «puente moodle permisos --motor ${motor}» escribe el SQL que la crea.`,
  );
  const servidor = await ask.text({
    message: 'Servidor, con su puerto',
    suggestion: motor === 'mariadb' ? 'localhost:3306' : 'localhost:5432',
  });
  const base = await ask.text({ message: 'Nombre de la base de datos', suggestion: 'moodle' });
  const usuario = await ask.text({ message: 'Usuario', suggestion: 'puente_lectura' });
  const clave = encodeURIComponent(await ask.secret({ message: 'Clave (no se guarda)' }));
  const prefijo = await ask.text({ message: 'Prefijo de las tablas', suggestion: 'mdl_' });
  const url = (secret: string) => `${motor}://${encodeURIComponent(usuario)}:${secret}@${servidor}/${base}`;
  const coded = clave.includes('%') ? ', codificada como en una dirección web (@ se escribe %40)' : '';
  ask.tell(`Defina la variable MOODLE_CLAVE con esa clave${coded}.`);
  const common = { nombre: 'moodle', prefijo };
  return {
    written: { tipo: 'moodle-bd', ...common, url: url(variable('MOODLE_CLAVE')) },
    live: { tipo: 'moodle-bd', ...common, url: url(clave) },
  };
}

async function askWebServices(ask: Asker): Promise<MoodleAnswer> {
  ask.tell('«puente moodle permisos --servicios-web» explica paso a paso el usuario, el rol y el token.');
  const url = await ask.text({
    message: 'Dirección del sitio Moodle',
    check: (text) => said(siteProblem(text.trim())),
  });
  const token = await ask.secret({ message: 'Token del servicio web (no se guarda)' });
  ask.tell(
    'Defina la variable MOODLE_TOKEN con ese token. Para enviar falta decir «tiempo»: vea docs/configuracion.md.',
  );
  const common = { nombre: 'moodle', url };
  return {
    written: { tipo: 'moodle-ws', ...common, token: variable('MOODLE_TOKEN') },
    live: { tipo: 'moodle-ws', ...common, token },
  };
}

async function askCourses(
  ask: Asker,
  { clock, signal }: Context,
  fuente: FuenteMoodle,
): Promise<CursoAnswer[]> {
  const source = await openMoodle(fuente, { reglas: {}, clock });
  try {
    const courses = await ask.during('Leyendo los cursos', () => source.listCourses(signal));
    return await askMapping(ask, source, courses, { at: clock(), signal });
  } finally {
    await source.close();
  }
}

async function askMapping(
  ask: Asker,
  source: MoodleBd | MoodleWs,
  courses: readonly CourseSummary[],
  request: { at: Date; signal: AbortSignal },
): Promise<CursoAnswer[]> {
  const { suggestMapping } = await import('@puente-sic/sources');
  const { snapshots } = await ask.during(`Mirando ${count(courses.length, 'curso', 'cursos')}`, () =>
    source.examine(request),
  );
  const suggested = suggestMapping(snapshots);
  const chosen = await ask.chooseMany(
    '¿Qué cursos se informan a SENCE?',
    suggested.map(({ id, curso, title, codigoOferta }) => ({
      value: String(id),
      label: `${title} (${curso})`,
      hint: codigoOferta.code ? `${codigoOferta.code}, del ${codigoOferta.from}` : codigoOferta.from,
    })),
    suggested.filter(({ likely }) => likely).map(({ id }) => String(id)),
  );
  const answers: CursoAnswer[] = [];
  for (const course of suggested.filter(({ id }) => chosen.includes(String(id)))) {
    const typed = await ask.text({
      message: `Código de oferta de ${course.title}`,
      check: (text) => (text.trim() === '' ? 'Está en SIC: Mantenedores → Cursos' : undefined),
      ...(course.codigoOferta.code !== null && { suggestion: course.codigoOferta.code }),
    });
    const modulos: Record<string, string> = {};
    for (const { code, section } of course.modulos.filter(({ code }) => code === null)) {
      const module = await ask.text({
        message: `Código de módulo de la sección «${section.name}» (en blanco: no es un módulo)`,
      });
      if (module !== '' && code === null) modulos[String(section.id)] = module;
    }
    answers.push({
      curso: course.curso,
      title: course.title,
      ...(typed !== course.curso && { codigoOferta: typed }),
      ...(Object.keys(modulos).length > 0 && { modulos }),
    });
  }
  return answers;
}

/** What a judgement of an address found, as the question tells it; undefined: nothing. */
function said(problem: string | null): string | undefined {
  return problem === null ? undefined : `La dirección ${problem}`;
}
