import { existsSync } from 'node:fs';
import path from 'node:path';
import { type FuenteEntidades, openEntities, variable, zoneProblem } from '@puente-sic/app';
import type { CourseSelection, EntityReview, EntitySource } from '@puente-sic/sources';
import type { Context } from '../context.ts';
import { count } from '../print/words.ts';
import type { Asker } from './asker.ts';
import { askColumns } from './columns.ts';
import { askEntityCourses } from './entity-courses.ts';
import { writeFolderTemplate, writeQueryTemplate } from './templates.ts';
import type { Answers, CursoAnswer } from './write.ts';

/** A source by entities as it is written, with its password as a variable, and as it is tried now; null: not yet. */
interface EntityAnswer {
  written: Answers['fuente'];
  live: Exclude<FuenteEntidades, { tipo: 'push' }> | null;
}

/** Asks for an LMS that is no Moodle, tries what can be tried and says what of it is understood. */
export async function askEntities(
  ask: Asker,
  context: Context,
  { tipo, folder }: { tipo: 'sql' | 'entidades'; folder: string },
): Promise<Pick<Answers, 'fuente' | 'cursos'>> {
  const { written, live } = await (tipo === 'sql' ? askSql(ask, folder) : askFolder(ask, folder));
  if (live === null) return { fuente: written, cursos: [] };
  let fuente = written;
  try {
    const columnas = await askColumns(ask, context, live);
    if (Object.keys(columnas).length > 0) fuente = { ...written, columnas };
    const source = await openEntities({ ...live, columnas }, { reglas: {}, clock: context.clock });
    try {
      return { fuente, cursos: await look(ask, context, source) };
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!isSourceError(error)) throw error;
    ask.tell(`${error.message} ${error.fix} Después: puente fuente revisar.`);
    return { fuente, cursos: [] };
  }
}

async function look(ask: Asker, { clock, signal }: Context, source: EntitySource): Promise<CursoAnswer[]> {
  const at = clock();
  const review = (courses?: CourseSelection[]) =>
    ask.during('Leyendo cada entidad', () => source.review({ at, signal, ...(courses && { courses }) }));
  const seen = await review();
  ask.tell(entitiesSeen(seen));
  const { judged } = seen.courses.length > 0 ? await source.judge({ at, signal }) : { judged: [] };
  if (judged.length === 0) {
    for (const { issue } of seen.diagnoses.slice(0, 5)) ask.tell(`${issue.message} ${issue.fix}`);
    ask.tell('Cuando esté corregido, «puente fuente revisar» lo vuelve a mirar.');
    return [];
  }
  const cursos = await askEntityCourses(ask, judged);
  const { diagnoses } = await review(cursos.map(({ title: _, ...selection }) => selection));
  const against = diagnoses.filter(({ weight }) => weight === 'blocks' || weight === 'students');
  for (const { issue } of against.slice(0, 5)) ask.tell(`${issue.message} ${issue.fix}`);
  ask.tell(
    against.length === 0
      ? 'Con esto se pueden informar los cursos elegidos.'
      : `Queda por corregir: ${count(against.length, 'hallazgo', 'hallazgos')}. «puente fuente revisar» los muestra todos.`,
  );
  return cursos;
}

function entitiesSeen({ entities }: EntityReview): string {
  return entities
    .filter(({ place }) => place !== null)
    .map(({ entity, rows, trouble }) =>
      trouble ? `${entity}: no se puede leer` : `${entity}: ${count(rows, 'fila', 'filas')}`,
    )
    .join(' · ');
}

async function askFolder(ask: Asker, folder: string): Promise<EntityAnswer> {
  const ruta = await ask.text({
    message: 'Carpeta con un archivo por entidad (cursos.csv, alumnos.csv…)',
    suggestion: './aula',
  });
  const zone = await askZone(ask);
  const written = { nombre: 'aula', tipo: 'entidades', ruta, ...zone };
  const place = path.resolve(folder, ruta);
  if (!existsSync(place)) {
    await writeFolderTemplate(place);
    ask.tell(
      `Se creó ${ruta} con un CSV por entidad, solo con los títulos de sus columnas. Borre los que no use; docs/entidades.md dice qué va en cada una. Después: puente fuente revisar.`,
    );
    return { written, live: null };
  }
  return { written, live: { ...written, tipo: 'entidades', ruta: place } };
}

async function askSql(ask: Asker, folder: string): Promise<EntityAnswer> {
  const lms = await ask.choose('¿Qué LMS es?', [
    { value: 'tutor-lms', label: 'WordPress con Tutor LMS', hint: 'las consultas vienen con Puente' },
    { value: 'propio', label: 'Otro, o una plataforma propia', hint: 'con una consulta por entidad' },
  ]);
  const motor =
    lms === 'tutor-lms'
      ? 'mariadb'
      : await ask.choose('¿Qué base de datos usa?', [
          { value: 'mariadb', label: 'MariaDB o MySQL' },
          { value: 'postgres', label: 'PostgreSQL' },
          { value: 'sqlserver', label: 'SQL Server', hint: 'sin probar en vivo' },
          { value: 'sqlite', label: 'SQLite', hint: 'un archivo' },
        ]);
  const { url, secret } = await (motor === 'sqlite' ? askFile(ask, folder) : askServer(ask, motor));
  const common = { nombre: 'aula', tipo: 'sql' as const };
  const clave = secret === '' ? {} : { clave: variable('LMS_CLAVE') };
  const live = { ...common, url: url.live, ...(secret !== '' && { clave: secret }) };
  const written = { ...common, url: url.written, ...clave };
  if (lms === 'tutor-lms') {
    const parametros = await askTutor(ask);
    const own = { receta: 'tutor-lms', parametros };
    return { written: { ...written, ...own }, live: { ...live, ...own } };
  }
  const zone = await askZone(ask);
  const consultas = await ask.text({ message: 'Archivo con las consultas', suggestion: './aula.sql' });
  const file = path.resolve(folder, consultas);
  const all = { ...written, consultas, ...zone };
  if (existsSync(file)) return { written: all, live: { ...live, consultas: file, ...zone } };
  await writeQueryTemplate(file);
  ask.tell(
    `Se creó ${consultas} con una consulta por entidad para completar; docs/entidades.md muestra un ejemplo. Después: puente fuente revisar.`,
  );
  return { written: all, live: null };
}

interface Address {
  url: { written: string; live: string };
  secret: string;
}

async function askFile(ask: Asker, folder: string): Promise<Address> {
  const file = await ask.text({ message: 'Archivo de la base', suggestion: './aula.db' });
  return { url: { written: `sqlite:${file}`, live: `sqlite:${path.resolve(folder, file)}` }, secret: '' };
}

const PORTS = { mariadb: 3306, postgres: 5432, sqlserver: 1433 };

async function askServer(ask: Asker, motor: keyof typeof PORTS): Promise<Address> {
  ask.tell(
    motor === 'sqlserver'
      ? 'La cuenta debe ser de solo lectura (rol db_datareader y ningún otro), y la base, permitir allow_snapshot_isolation: sin eso Puente no la lee. Una instancia con nombre se llama por su puerto.'
      : 'La cuenta debe ser de solo lectura: basta el permiso SELECT sobre las tablas que se leen.',
  );
  const servidor = await ask.text({
    message: 'Servidor, con su puerto',
    suggestion: `localhost:${PORTS[motor]}`,
  });
  const base = await ask.text({ message: 'Nombre de la base de datos' });
  const usuario = await ask.text({ message: 'Usuario', suggestion: 'puente_lectura' });
  const secret = await ask.secret({ message: 'Clave (no se guarda)' });
  if (secret !== '') ask.tell('Defina la variable LMS_CLAVE con esa clave, tal cual.');
  const url = `${motor}://${encodeURIComponent(usuario)}@${servidor}/${encodeURIComponent(base)}`;
  return { url: { written: url, live: url }, secret };
}

async function askTutor(ask: Asker): Promise<Record<string, string>> {
  ask.tell(
    'Tutor no guarda cuándo se abre cada página: instale antes integraciones/wordpress/puente-clics.php, o no habrá tiempo que informar.',
  );
  return {
    prefijo: await ask.text({ message: 'Prefijo de las tablas de WordPress', suggestion: 'wp_' }),
    campoRut: await ask.text({
      message: 'Dónde está el RUT: campos del perfil, user_login o display_name, en orden',
      suggestion: 'rut, user_login',
    }),
  };
}

async function askZone(ask: Asker): Promise<{ zonaHoraria: string }> {
  const zonaHoraria = await ask.text({
    message: 'En qué zona horaria están las fechas y horas que no lo dicen',
    suggestion: 'America/Santiago',
    check: (text) => zoneProblem(text) ?? undefined,
  });
  return { zonaHoraria };
}

function isSourceError(error: unknown): error is Error & { fix: string } {
  return error instanceof Error && error.name === 'SourceError' && 'fix' in error;
}
