import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LogShelf } from '../../src/moodle/ws/csv-shelf.ts';
import { type Reading, SourceError } from '../../src/source.ts';
import { moodleOf, refusal } from './moodle.ts';
import { messages, useSite } from './reading.ts';
import type { Call } from './server.ts';
import { NOW } from './site.ts';

const aula = useSite();

describe('a cut', () => {
  it('does not begin from zero: students already read are not asked again', async () => {
    let failing = true;
    const whole = moodleOf();
    const { server, open } = await aula.site(
      (call) =>
        failing && call.wsfunction.includes('get_activities_completion') && call.fields.get('userid') === '37'
          ? refusal('dbconnectionfailed')
          : whole(call),
      { stateDir: join(aula.folder, 'state') },
    );
    await expect(open().read({ at: NOW })).rejects.toMatchObject({ kind: 'down' });
    const before = server.calls.length;
    failing = false;
    const resumed = await open().read({ at: NOW });
    const asked = server.calls
      .slice(before)
      .filter(({ wsfunction }) => wsfunction.includes('get_activities_completion'));
    expect(asked.map(({ fields }) => `${fields.get('courseid')} ${fields.get('userid')}`)).not.toContain(
      '2 31',
    );
    expect(resumed).toEqual(await aula.read().then((reading) => withSite(reading, resumed)));
    const again = server.calls.length;
    await open().read({ at: NOW });
    // A reading that came to its end is not kept: the next one asks for everybody.
    expect(
      server.calls.slice(again).filter(({ wsfunction }) => wsfunction.includes('get_activities_completion')),
    ).toHaveLength(8);
  });
});

it('names who has a role of the site’s own, although others are students', async () => {
  const { open } = await aula.site((call) => {
    const reply = moodleOf()(call);
    if (call.wsfunction !== 'core_enrol_get_enrolled_users' || call.fields.get('courseid') !== '2')
      return reply;
    const people = JSON.parse(String(reply.body)) as { id: number; roles: { shortname: string }[] }[];
    for (const { id, roles } of people) if (id === 31) for (const role of roles) role.shortname = 'becario';
    return { body: people };
  });
  const reading = await open().read({ at: NOW });
  expect(messages(reading)).toMatch(/una persona inscrita con el rol «becario».*«Ana Muñoz/);
  const pages = reading.courses
    .filter(({ id }) => id === '2')
    .flatMap(({ students }) => students.map(({ place }) => place?.url));
  expect(pages.filter((page) => page?.includes('id=31&'))).toEqual([]);
  expect(pages.length).toBeGreaterThan(0);
});

describe('two readings at once', () => {
  it('leave each other what a cut needs: one that ends forgets nothing of the other’s course', async () => {
    const whole = moodleOf();
    let failing = true;
    let reached: () => void = () => undefined;
    let release: () => void = () => undefined;
    const atLast = new Promise<void>((resolve) => (reached = resolve));
    const gate = new Promise<void>((resolve) => (release = resolve));
    const isLast = ({ wsfunction, fields }: Call): boolean =>
      wsfunction.includes('get_activities_completion') &&
      fields.get('courseid') === '3' &&
      fields.get('userid') === '38';
    const { server, open } = await aula.site(
      async (call) => {
        if (!failing || !isLast(call)) return whole(call);
        reached();
        await gate;
        return refusal('dbconnectionfailed');
      },
      { stateDir: join(aula.folder, 'state') },
    );
    const source = open();
    const cut = source.read({ at: NOW, courses: [{ curso: '3' }] }).catch((error: unknown) => error);
    await atLast;
    const other = await source.read({ at: NOW, courses: [{ curso: '2' }] });
    expect(other.courses).toHaveLength(2);
    release();
    expect(await cut).toMatchObject({ kind: 'down' });
    failing = false;
    const before = server.calls.length;
    for (const again of [source, open()]) {
      expect((await again.read({ at: NOW, courses: [{ curso: '3' }] })).courses).toHaveLength(1);
      if (again === source) {
        const asked = server.calls
          .slice(before)
          .filter(({ wsfunction }) => wsfunction.includes('get_activities_completion'));
        expect(asked.map(({ fields }) => fields.get('userid'))).toEqual(['38']);
      }
    }
  });

  it('of the same course: the one that ends leaves the other what it was given', async () => {
    const whole = moodleOf();
    let held = false;
    let reached: () => void = () => undefined;
    let release: () => void = () => undefined;
    const atLast = new Promise<void>((resolve) => (reached = resolve));
    const gate = new Promise<void>((resolve) => (release = resolve));
    const isCompletion = ({ wsfunction }: Call): boolean => wsfunction.includes('get_activities_completion');
    const { server, open } = await aula.site(async (call) => {
      if (held || !isCompletion(call) || call.fields.get('userid') !== '38') return whole(call);
      held = true;
      reached();
      await gate;
      return refusal('dbconnectionfailed');
    });
    const source = open();
    const request = { at: NOW, courses: [{ curso: '3' }] };
    const cut = source.read(request).catch((error: unknown) => error);
    await atLast;
    expect((await source.read(request)).courses).toHaveLength(1);
    release();
    expect(await cut).toMatchObject({ kind: 'down' });
    const before = server.calls.length;
    await source.read(request);
    // What the second reading was told is kept for the first, which was cut.
    expect(server.calls.slice(before).filter(isCompletion)).toEqual([]);
    await source.read(request);
    expect(server.calls.slice(before).filter(isCompletion)).toHaveLength(2);
  });

  it('of the same course both have everything', async () => {
    const { open } = await aula.site(moodleOf());
    const source = open();
    const [one, two] = await Promise.all([source.read({ at: NOW }), source.read({ at: NOW })]);
    expect(one).toEqual(two);
    expect(one.courses).toHaveLength(3);
  });

  it('hold the log files once, and read them anew when all is over', async () => {
    const shelf = new LogShelf();
    const { signal } = new AbortController();
    const gone = new AbortController();
    const files = () => shelf.use(aula.folder, signal, (held) => held);
    const given = shelf.use(aula.folder, gone.signal, (held) => held).catch((error: unknown) => error);
    gone.abort(new Error('given up'));
    const [one, two] = await Promise.all([files(), files()]);
    expect(one).toBe(two);
    expect(await given).toMatchObject({ message: 'given up' });
    expect(one.files).toHaveLength(2);
    await rm(join(aula.folder, 'b.csv'));
    expect((await files()).files).toHaveLength(1);
    await expect(shelf.use(join(aula.folder, 'none'), signal, (held) => held)).rejects.toBeInstanceOf(
      SourceError,
    );
  });
});

it('text beside the data is read past and told once, with who writes it and nothing else of it', async () => {
  const { open } = await aula.site((call) => {
    const { body } = moodleOf()(call);
    const json = typeof body === 'string' ? body : JSON.stringify(body);
    return { body: `\ufeff${json}\ndataflow/3.DEBUG: shutdown of Ana Muñoz [] []\n` };
  });
  const reading = await open().read({ at: NOW });
  expect(reading.courses).toHaveLength(3);
  const told = messages(reading);
  expect(told.match(/texto de más/g)).toHaveLength(1);
  expect(told).toMatch(/lo escribe dataflow\/3.DEBUG:?\)/);
  expect(told).not.toMatch(/Muñoz/);
});

it('text beside the data is told with a failure too', async () => {
  const { open } = await aula.site((call) => {
    const { body } = moodleOf({ functions: ['core_group_get_course_groups'] })(call);
    const json = typeof body === 'string' ? body : JSON.stringify(body);
    return { body: `${json}<br />\n<b>Warning</b>: x in <b>/var/www/local/mal.php</b> on line <b>3</b>` };
  });
  await expect(open().read({ at: NOW })).rejects.toMatchObject({
    message: expect.stringMatching(/core_group_get_course_groups/),
    fix: expect.stringMatching(/Además: .*texto de más.*lo escribe \/var\/www\/local\/mal\.php/),
  });
});

/** Two servers have two addresses. */
function withSite(reading: Reading, other: Reading): Reading {
  const addressOf = (one: Reading): string => new URL(one.courses[0]?.url ?? '').origin;
  return JSON.parse(JSON.stringify(reading).replaceAll(addressOf(reading), addressOf(other)));
}
