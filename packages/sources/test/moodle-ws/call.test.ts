import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { wsClient } from '../../src/moodle/ws/call.ts';
import { WsError } from '../../src/moodle/ws/errors.ts';
import { type Call, moodleServer, type Reply } from './server.ts';

const TOKEN = '0f2b6c1e9d5a4b3c8e7f6a5b4c3d2e1f';
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function site(
  answer: (call: Call) => Reply | Promise<Reply> | 'hang up',
  options: { timeout?: number; parallel?: number; pauses?: number[] } = {},
) {
  const server = await moodleServer(answer);
  const client = wsClient({ url: server.url, token: TOKEN, pauses: [], ...options });
  closers.push(server.close, client.close);
  return { server, client };
}

async function failure(answer: Reply | 'hang up', wsfunction = 'core_webservice_get_site_info') {
  const { client, server } = await site(() => answer);
  const error = await client.call(wsfunction, {}, z.unknown()).catch((caught: unknown) => caught);
  if (!(error instanceof WsError)) throw new Error(`expected a WsError, got ${String(error)}`);
  expect(JSON.stringify({ ...error, text: `${error.message} ${error.fix} ${error.stack}` })).not.toContain(
    TOKEN,
  );
  return { error, server };
}

const exception = (errorcode: string, message = 'x', more: object = {}): Reply => ({
  body: { exception: 'core\\exception\\moodle_exception', errorcode, message, ...more },
});

describe('a call', () => {
  it('posts form fields and gives what the schema accepts', async () => {
    const { client, server } = await site(() => ({ body: { courses: [{ id: 2 }] } }));
    const schema = z.object({ courses: z.array(z.object({ id: z.number() })) });
    const answer = await client.call(
      'core_course_get_courses_by_field',
      { field: 'ids', options: [{ name: 'excludecontents', value: true }] },
      schema,
    );
    expect(answer.courses).toEqual([{ id: 2 }]);
    const [call] = server.calls;
    expect(call?.method).toBe('POST');
    expect(Object.fromEntries(call?.fields ?? [])).toEqual({
      wstoken: TOKEN,
      wsfunction: 'core_course_get_courses_by_field',
      moodlewsrestformat: 'json',
      moodlewssettingraw: '1',
      moodlewssettinglang: 'es',
      field: 'ids',
      'options[0][name]': 'excludecontents',
      'options[0][value]': '1',
    });
  });

  it('tells an answer of another shape instead of taking it for nothing', async () => {
    const { client } = await site(() => ({ body: { courses: 'none' } }));
    const call = client.call('f', {}, z.object({ courses: z.array(z.unknown()) }));
    await expect(call).rejects.toThrow(/de una forma que el puente no conoce \(courses/);
  });

  it('keeps at most so many calls under way', async () => {
    let under = 0;
    let most = 0;
    const { client } = await site(
      async () => {
        under += 1;
        most = Math.max(most, under);
        await new Promise((done) => setTimeout(done, 5));
        under -= 1;
        return { body: [] };
      },
      { parallel: 2 },
    );
    await Promise.all(Array.from({ length: 12 }, () => client.call('f', {}, z.array(z.unknown()))));
    expect(most).toBe(2);
  });

  it('tries again what failed for a passing reason, and nothing else', async () => {
    const replies: Reply[] = [{ status: 502, body: '' }, exception('dbconnectionfailed'), { body: [1] }];
    const { client, server } = await site(() => replies.shift() ?? exception('invalidtoken'), {
      pauses: [1, 1, 1],
    });
    await expect(client.call('f', {}, z.array(z.number()))).resolves.toEqual([1]);
    expect(server.calls).toHaveLength(3);
    await expect(client.call('f', {}, z.unknown())).rejects.toThrow(/no reconoce el token/);
    expect(server.calls).toHaveLength(4);
  });

  it('can be given up while it waits', async () => {
    const control = new AbortController();
    const { client } = await site(() => ({ status: 503, body: '' }), { pauses: [600_000] });
    const call = client.call('f', {}, z.unknown(), control.signal);
    setTimeout(() => control.abort(new Error('enough')), 20);
    await expect(call).rejects.toThrow('enough');
    await expect(client.call('f', {}, z.unknown(), control.signal)).rejects.toThrow('enough');
  });
});

describe('an answer that is an error', () => {
  it.each([
    ['invalidtoken', 'x', /no reconoce el token/, /Administrar tokens/],
    [
      'accessexception',
      'Access control exception',
      /sin decir por qué/,
      /Restricción IP.*webservice\/rest:use/,
    ],
    [
      'accessexception',
      'Access control exception (Invalid token - IP:10.0.0.9 is not supported)',
      /otras direcciones IP/,
      /agregue la dirección/,
    ],
    [
      'accessexception',
      'Access control exception (token expired - check validuntil)',
      /El token venció/,
      /Válido hasta/,
    ],
    ['wsaccessusersuspended', 'x', /está suspendida/, /quite la suspensión/],
    ['requireloginerror', 'x', /no puede entrar al curso/, /moodle\/course:view/],
  ])('%s (%s)', async (errorcode, message, says, fix) => {
    const { error } = await failure(exception(errorcode, message));
    expect(error.kind).toBe('wrong');
    expect(error.errorcode).toBe(errorcode);
    expect(error.message).toMatch(says);
    expect(error.fix).toMatch(fix);
  });

  it('names the function that the service lacks', async () => {
    const { error } = await failure(exception('accessexception'), 'gradereport_user_get_grade_items');
    expect(error.message).toMatch(/usar la función gradereport_user_get_grade_items/);
  });

  it('names the permission, and Moodle’s own words for it', async () => {
    const { error } = await failure(
      exception(
        'nopermissions',
        'Sorry, but you do not have permissions to do that (View activity completion reports).',
      ),
      'core_completion_get_activities_completion_status',
    );
    expect(error.fix).toMatch(/report\/progress:view/);
    expect(error.message).toMatch(/«View activity completion reports»/);
  });

  it('tells an unknown function from an unknown course', async () => {
    const missing = (table: string) =>
      exception('invalidrecord', `Can't find data record in database table ${table}.`);
    expect((await failure(missing('external_functions'))).error.message).toMatch(/no tiene la función/);
    expect((await failure(missing('course'))).error.message).toMatch(/ya no existe/);
  });

  it('is passing when the database of the site is down, and shows none of its HTML', async () => {
    const { error } = await failure(
      exception('dbconnectionfailed', '<p>Error: Database connection failed</p>\r\n<p>config.php</p>'),
    );
    expect(error.kind).toBe('down');
    expect(`${error.message}${error.fix}`).not.toContain('<');
  });

  it('never shows what debugging adds, which may be data of people', async () => {
    const { error } = await failure(
      exception('somethingnew', 'bad (SELECT * FROM {user} WHERE idnumber = 31022815-K)', {
        debuginfo: 'token=0f2b6c1e9d5a4b3c8e7f6a5b4c3d2e1f',
      }),
    );
    expect(error.message).toMatch(/somethingnew/);
    expect(`${error.message}${error.fix}`).not.toMatch(/31022815|SELECT/);
  });

  it('is recognised behind notices, and in XML', async () => {
    const noise = '<br />\n<b>Deprecated</b>: strlen(): array [ (\n  0 => 1,\n) ] in <b>/lib/x.php</b>\n';
    const body = `${noise}{"exception":"x","errorcode":"invalidtoken","message":"m"}`;
    expect((await failure({ body })).error.errorcode).toBe('invalidtoken');
    const xml =
      '<?xml version="1.0" ?>\n<EXCEPTION class="x">\n<ERRORCODE>invalidtoken</ERRORCODE>\n<MESSAGE>m</MESSAGE>\n</EXCEPTION>';
    expect((await failure({ body: xml })).error.errorcode).toBe('invalidtoken');
  });
});

describe('an answer from something else than the web services', () => {
  it.each<[string, Reply, 'wrong' | 'down', RegExp]>([
    ['web services or REST off', { status: 403, body: '' }, 'wrong', /apagados los servicios web/],
    ['a firewall', { status: 403, body: '<html>Just a moment…</html>' }, 'wrong', /cortafuegos/],
    ['maintenance', { status: 503, body: '<html>Sitio en mantención</html>' }, 'down', /mantenimiento/],
    ['a failing server', { status: 500, body: '' }, 'down', /HTTP 500/],
    ['no Moodle', { status: 404, body: '<html>' }, 'wrong', /no hay un Moodle/],
    ['a page', { body: '<!DOCTYPE html><title>Ingreso</title>' }, 'wrong', /una página o texto/],
    [
      'an answer cut short',
      { body: '[{"id":1,"roles":[]},{"id":2,"roles":[]' },
      'wrong',
      /una página o texto/,
    ],
    ['nothing', { body: '' }, 'wrong', /una página o texto/],
  ])('%s', async (_, reply, kind, says) => {
    const { error } = await failure(reply);
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(says);
  });

  it('names the address that a redirect points at, and does not go there', async () => {
    const elsewhere = await moodleServer(() => ({ body: [] }));
    closers.push(elsewhere.close);
    const location = `${elsewhere.url}/aula/webservice/rest/server.php?wstoken=${TOKEN}`;
    const { error } = await failure({ status: 303, headers: { location }, body: '' });
    expect(error.message).toContain(`su dirección es otra: ${elsewhere.url}/aula.`);
    expect(error.fix).toContain(`url: ${elsewhere.url}/aula`);
    expect(elsewhere.calls).toHaveLength(0);
  });

  it('tells a line that was cut, a time-out and a port where nobody listens', async () => {
    expect((await failure('hang up')).error).toMatchObject({ kind: 'down' });
    const { client } = await site(() => new Promise<Reply>(() => {}), { timeout: 50 });
    await expect(client.call('f', {}, z.unknown())).rejects.toThrow(/no respondió a tiempo/);
    const gone = await moodleServer(() => ({ body: [] }));
    await gone.close();
    const nobody = wsClient({ url: gone.url, token: TOKEN, pauses: [] });
    closers.push(nobody.close);
    await expect(nobody.call('f', {}, z.unknown())).rejects.toThrow(/no acepta conexiones/);
  });
});
