import { Writable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLogger, type Gestor } from '../src/index.ts';
import {
  alumno,
  EVENING,
  envio,
  MODULOS,
  modulo,
  OTHER_TOKEN,
  RUT_OTEC,
  registry,
  rutOf,
  TOKEN,
} from './data.ts';
import { history, post, send } from './http.ts';
import { onEachStore } from './stores.ts';

/** Ten thousand requests over both stores together, most of them in the whole suite. */
const BATCHES = { sqlite: 120, postgres: 380 };
const PER_BATCH = 20;

onEachStore('whatever is asked', (home) => {
  test('thousands of bad requests get no 5xx, lose nothing and leave no secret in the log', async () => {
    const batches = home.postgres() ? BATCHES.postgres : BATCHES.sqlite;
    const log: string[] = [];
    const destination = new Writable({
      write(line, _encoding, done) {
        log.push(String(line));
        done();
      },
    });
    const gestor = await home.start({
      clock: () => EVENING,
      registro: registry(),
      logger: createLogger('trace', destination),
      limits: { porOtec: 1e9, porDireccion: 1e9, cuerpo: 200_000 },
      adminKey: 'clave-inventada-de-pruebas',
    });
    const good = await send(
      gestor,
      envio([alumno(4, { listaModulos: [modulo(MODULOS[1], { porcentajeAvance: 77 })] })]),
    );

    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { minLength: PER_BATCH, maxLength: PER_BATCH }),
        async (requests) => {
          const answers = await Promise.all(requests.map((ask) => ask(gestor)));
          for (const { status, text } of answers) {
            expect(status, text).toBeLessThan(500);
            expect(() => JSON.parse(text), text).not.toThrow();
          }
        },
      ),
      { numRuns: batches },
    );

    const [kept] = await history(gestor, { id_proceso: String(good.id_proceso) });
    expect(kept?.listaregistros).toMatchObject([{ mod_porcentaje_avance: '77.00000', estado_registro: '1' }]);
    expect((await send(gestor, envio([alumno(4)]))).id_proceso).toBeGreaterThan(good.id_proceso);

    const lines = log.join('');
    expect(log.length).toBeGreaterThan(batches * PER_BATCH);
    for (const secret of [
      TOKEN,
      OTHER_TOKEN,
      'clave-inventada',
      `${rutOf(1).rutAlumno}`,
      RUT_OTEC.slice(0, 8),
    ]) {
      expect(lines.includes(secret), secret).toBe(false);
    }
  }, 600_000);
});

type Ask = (gestor: Gestor) => Promise<{ status: number; text: string }>;

const json = fc.jsonValue({ maxDepth: 4, noUnicodeString: false, stringUnit: 'binary' });
const odd = fc.oneof(
  json,
  fc.constantFrom<unknown>(
    null,
    '',
    [],
    {},
    -1,
    1e308,
    '1e400',
    '٣',
    'NaN',
    true,
    '2026-02-30',
    '\u0000',
    '\ud800',
  ),
);

/** A good body with some of its values, at any depth, replaced, removed or repeated. */
const spoilt: fc.Arbitrary<unknown> = fc
  .tuple(fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([changes, deep]) => {
    const listaModulos = deep ? [modulo(), modulo(MODULOS[1])] : [modulo()];
    const body: unknown = structuredClone(envio([alumno(1, { listaModulos }), alumno(2)]));
    for (const [where, value] of changes) spoil(body, where, value);
    return body;
  });

function spoil(root: unknown, where: number, value: unknown): void {
  const places = [...containers(root)].flatMap((container) =>
    Object.keys(container).map((key) => ({ container, key })),
  );
  const place = places[where % places.length];
  if (!place) return;
  if (where % 5 === 0) delete place.container[place.key];
  else place.container[place.key] = value;
}

function* containers(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  yield value as Record<string, unknown>;
  for (const inner of Object.values(value)) yield* containers(inner);
}

const sends: fc.Arbitrary<Ask> = fc
  .oneof(
    { weight: 6, arbitrary: spoilt.map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: spoilt.map((body) => JSON.stringify(body).slice(0, -7)) },
    { weight: 1, arbitrary: json.map((body) => JSON.stringify(body)) },
  )
  .map((body) => (gestor) => post(gestor, body));

const asks: fc.Arbitrary<Ask> = fc
  .tuple(
    fc.constantFrom(
      'avance-sic/historialEnvios',
      'avance-sic/enviarAvance',
      'avance-sic',
      '../../admin/otecs',
      '../../sic/curso',
    ),
    fc.array(
      fc.tuple(
        fc.constantFrom('rutOtec', 'idSistema', 'token', 'fechaDesde', 'codigo_externo', 'id_proceso', 'x'),
        fc.oneof(
          fc.constantFrom(RUT_OTEC, '1350', TOKEN, OTHER_TOKEN, '2026-11-22', "' or 1=1 --"),
          fc.string(),
        ),
      ),
    ),
    fc.constantFrom(undefined, `Bearer ${TOKEN}`, `Basic ${btoa(`${RUT_OTEC}:${OTHER_TOKEN}`)}`),
  )
  .map(([path, query, authorization]) => async (gestor) => {
    const address = new URL(`${gestor.url}/${path}`);
    for (const [name, value] of query) address.searchParams.append(name, value);
    const response = await fetch(address, authorization ? { headers: { authorization } } : {});
    return { status: response.status, text: await response.text() };
  });

const request: fc.Arbitrary<Ask> = fc.oneof({ weight: 4, arbitrary: sends }, { weight: 1, arbitrary: asks });
