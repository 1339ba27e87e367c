import { course, OFERTA, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EngineFailure, evidence, evidenceBeside, send, verifyEvidence } from '../src/index.ts';
import { sha256 } from '../src/ledger/bytes.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.courses = [course([student(0, 10), student(9, 10)])];
  await send(world.request());
  world.faults = ['cut-after'];
  await send(world.request());
  await send(world.request());
});
afterEach(() => world.close());

async function make(curso = OFERTA, how = evidence) {
  const { envios, zip } = await how({
    ...{ ledger: world.ledger, rutOtec: OTEC.rut, curso, desde: '2026-11-01', hasta: '2026-11-30' },
    clock: () => world.time.now,
  });
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = await zip.next();
    if (piece.done) return { envios, ...piece.value, zip: Buffer.concat(pieces) };
    pieces.push(piece.value);
  }
}

test('everything as sent and received, told per student, and sound by its manifest', async () => {
  const { zip, envios, registros, huella } = await make();
  expect({ envios, registros }).toEqual({ envios: 2, registros: 6 });
  const verified = verifyEvidence(zip);
  expect(verified).toMatchObject({ huella, problemas: [] });
  const files = unzipSync(zip);
  const names = Object.keys(files);
  expect(names.filter((name) => name.endsWith('/cuerpo.json'))).toHaveLength(2);
  expect(names.filter((name) => name.endsWith('/respuesta.txt'))).toHaveLength(2);
  for (const [name, data] of Object.entries(files)) {
    expect(Buffer.from(data).includes(OTEC.token), name).toBe(false);
  }
  const facts = JSON.parse(
    strFromU8(files[names.find((name) => name.endsWith('/envio.json')) ?? ''] ?? strToU8('{}')),
  );
  const body = names.find((name) => name.endsWith(`${facts.codigoEnvio}/cuerpo.json`)) ?? '';
  expect(sha256(files[body] ?? '')).toBe(facts.sha256Cuerpo);
  const page = strFromU8(files['historial.html'] ?? strToU8(''));
  expect(page).toContain(rutOf(0).text);
  // Settled by the history as well as answered: both tell the reason.
  expect(page.match(/no se encuentra registrado/g)).toHaveLength(4);
});

test('a file that was changed, added or taken away is found', async () => {
  const { zip } = await make();
  const files = unzipSync(zip);
  const [body = ''] = Object.keys(files).filter((name) => name.endsWith('/cuerpo.json'));
  const { 'historial.html': _gone, ...rest } = files;
  const forged = zipSync({ ...rest, [body]: strToU8('{}'), 'otro.txt': strToU8('hola') });
  expect(verifyEvidence(forged).problemas).toEqual([
    { nombre: body, problema: 'cambiado' },
    { nombre: 'historial.html', problema: 'falta' },
    { nombre: 'otro.txt', problema: 'sobra' },
  ]);
  expect(() => verifyEvidence(strToU8('no es un zip'))).toThrow(EngineFailure);
  expect(() => verifyEvidence(zipSync({ 'manifiesto.json': strToU8('{}') }))).toThrow(EngineFailure);
});

test('a course of which nothing was sent gives an empty history, not a failure', async () => {
  expect(await make('NO-HAY')).toMatchObject({ envios: 0, registros: 0 });
});

test('a thread makes the same bytes, and ends when nobody reads on', async () => {
  expect(await make(OFERTA, evidenceBeside)).toEqual(await make());
  const asked = { ledger: world.ledger, rutOtec: OTEC.rut, curso: OFERTA, desde: '2026-11-01' };
  const { zip } = await evidenceBeside({ ...asked, hasta: '2026-11-30', clock: () => world.time.now });
  expect((await zip.next()).done).toBe(false);
  await zip.return({ registros: 0, huella: '' });
  expect((await zip.next()).done).toBe(true);
  await expect(make(OFERTA, brokenBeside)).rejects.toThrow();
});

/** The thread finds no ledger where it looks. */
const brokenBeside: typeof evidenceBeside = (request) =>
  evidenceBeside({ ...request, ledger: { ...request.ledger, datos: `${world.datos}/puente.sqlite/no` } });
