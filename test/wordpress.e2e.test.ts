import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMariadb, type Mariadb, startMariadb } from '../packages/sources/test/moodle-bd/mariadb.ts';

const run = promisify(execFile);
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const WORDPRESS = '/usr/share/wordpress';

/** Debian's own packages `wordpress`, `php-cli` and `php-mysql`. */
function canRun(): boolean {
  try {
    return (
      existsSync(`${WORDPRESS}/wp-settings.php`) &&
      findMariadb() !== null &&
      /mysqli/.test(execFileSync('php', ['-m'], { encoding: 'utf8' }))
    );
  } catch {
    return false;
  }
}

const name = canRun()
  ? 'puente-clics.php in a WordPress'
  : 'puente-clics.php in a WordPress (wordpress, php-mysql or mariadb-server is not installed)';

describe.skipIf(!canRun())(name, () => {
  let server: Mariadb;
  let url = '';
  let folder = '';
  beforeAll(async () => {
    server = await startMariadb();
    url = await server.createDatabase();
    folder = await mkdtemp(join(tmpdir(), 'puente-wordpress-'));
    await mkdir(join(folder, 'mu-plugins'));
    await copyFile(
      here('../integraciones/wordpress/puente-clics.php'),
      join(folder, 'mu-plugins', 'puente-clics.php'),
    );
    await php('instalar');
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** One request of a scene of wordpress.php; what it printed. */
  async function php(scene: string, ...args: (string | number)[]): Promise<string> {
    const { hostname, port, pathname } = new URL(url);
    const env = {
      ...{ PATH: process.env.PATH, WP: WORDPRESS, CONTENIDO: folder },
      ...{ DB_HOST: `${hostname}:${port}`, DB_NAME: pathname.slice(1) },
    };
    const { stdout } = await run('php', [here('wordpress/wordpress.php'), scene, ...args.map(String)], {
      env,
    });
    return stdout.trim();
  }
  const ids = async (scene: string): Promise<number[]> => (await php(scene)).split(' ').map(Number);
  async function clicks(): Promise<Record<string, unknown>[]> {
    const connection = await server.connect(url);
    const [rows] = await connection.query('select * from wp_puente_clics order by id');
    await connection.end();
    return rows as Record<string, unknown>[];
  }
  async function sql(statement: string): Promise<void> {
    const connection = await server.connect(url);
    await connection.query(statement);
    await connection.end();
  }

  it('makes its table, notes who opens which page, with the topic of then, and nobody else', async () => {
    const [course = 0, topic = 0, lesson = 0, page = 0, student = 0] = await ids('curso');
    await php('abrir', student, lesson);
    await php('abrir', student, course);
    await php('abrir', 0, lesson);
    await php('abrir', student, page);
    const before = Date.now() / 1000;
    const rows = await clicks();
    expect(rows).toMatchObject([
      { user_id: student, post_id: lesson, course_id: course, topic_id: topic },
      { user_id: student, post_id: course, course_id: course, topic_id: 0 },
    ]);
    expect(Math.abs(Number(rows[0]?.instante) - before)).toBeLessThan(3600);
    // Once in thirty seconds for one page.
    await php('abrir', student, lesson);
    expect(await clicks()).toHaveLength(2);
    await sql('update wp_puente_clics set instante = instante - 31');
    await php('abrir', student, lesson);
    expect(await clicks()).toHaveLength(3);
    // What the player asks for without a page, and what it does not.
    await sql('delete from wp_puente_clics');
    await php('ajax', student, 'sync_video_playback', lesson);
    await php('ajax', student, 'heartbeat', lesson);
    expect(await clicks()).toMatchObject([{ post_id: lesson, topic_id: topic }]);
  });

  it('notes LearnDash’s pages with their course and lesson', async () => {
    const [lesson = 0, page = 0] = await ids('learndash');
    await php('abrir', 1, page);
    expect((await clicks()).at(-1)).toMatchObject({ post_id: page, course_id: 700, topic_id: lesson });
  });

  it('gives a table of its first version the column that it lacks, and keeps its rows', async () => {
    await sql('alter table wp_puente_clics drop column topic_id');
    await sql("update wp_options set option_value = '1' where option_name = 'puente_clics_version'");
    await sql(
      'insert into wp_puente_clics (user_id, post_id, course_id, instante) values (77, 1, 2, 1790000000)',
    );
    await php('curso');
    expect(await clicks()).toEqual(
      expect.arrayContaining([expect.objectContaining({ user_id: 77, topic_id: 0 })]),
    );
  });
});
