import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { MoodleWsSettings } from '../../src/moodle/ws/settings.ts';
import { moodleWsSource } from '../../src/moodle/ws/source.ts';
import { issuesOf, type Reading, type StudentTree } from '../../src/source.ts';
import { courseLog } from './log-csv.ts';
import { type Lacks, moodleOf } from './moodle.ts';
import { type Call, moodleServer, type Reply } from './server.ts';
import { NOW } from './site.ts';

/** A folder of two courses' logs and sources of stand-in sites, anew for each test of the file that asks for them. */
export function useSite() {
  const closers: (() => Promise<void>)[] = [];
  const own = { folder: '', site, read };

  beforeEach(async () => {
    own.folder = await mkdtemp(join(tmpdir(), 'puente-ws-'));
    await writeFile(join(own.folder, 'a.csv'), courseLog(2));
    await writeFile(join(own.folder, 'b.csv'), courseLog(3));
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
    await rm(own.folder, { recursive: true, force: true });
  });

  async function site(
    answer: (call: Call) => Reply | Promise<Reply> | 'hang up',
    settings: Partial<MoodleWsSettings> = {},
  ) {
    const server = await moodleServer(answer);
    closers.push(server.close);
    const open = () => {
      const source = moodleWsSource({
        name: 'aula',
        url: server.url,
        token: 'f00d',
        tiempo: { csv: own.folder },
        pauses: [],
        ...settings,
      });
      closers.push(() => source.close());
      return source;
    };
    return { server, open };
  }

  async function read(lacks: Lacks = {}, settings: Partial<MoodleWsSettings> = {}): Promise<Reading> {
    const { open } = await site(moodleOf(lacks), settings);
    return open().read({ at: NOW });
  }

  return own;
}

export const everyone = ({ courses }: Reading): StudentTree[] => courses.flatMap(({ students }) => students);
export const messages = ({ courses, notGiven, findings }: Reading): string =>
  [...findings, ...issuesOf(notGiven), ...courses.flatMap((course) => course.findings)]
    .map(({ message }) => message)
    .join('\n');
export const student = (reading: Reading, oferta: string, name: string): StudentTree => {
  const trees = reading.courses.filter(({ codigoOferta }) => codigoOferta === oferta);
  const found = trees.flatMap(({ students }) => students).find((one) => one.name === name);
  if (!found) throw new Error(`${name} is not in ${oferta}`);
  return found;
};
