import { course, MODULOS, modulo, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { differencesCsv, preview, reconcile, send, syncFromHistory } from '../src/index.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** Another tool of the provider's: it sends, and our ledger does not know. */
async function sentElsewhere(): Promise<void> {
  const { cursos } = await preview(world.request());
  const cuerpo = cursos[0]?.cuerpo;
  if (!cuerpo) throw new Error('nothing planned');
  const { rutOtec: _rut, idSistema: _id, ...curso } = cuerpo;
  await world.client.sendAvance(curso);
}

test('what another tool sent is taken over: no 025 of our own making', async () => {
  world.courses = [course([student(0, 60)])];
  await sentElsewhere();
  expect(await syncFromHistory(world.request())).toMatchObject([
    { procesos: 1, registros: 2, nuevos: 2, cambiados: 0, ilegibles: 0, falla: null },
  ]);
  expect(await syncFromHistory(world.request())).toMatchObject([{ nuevos: 0, cambiados: 0 }]);
  world.courses = [course([student(0, 30)])];
  expect((await send(world.request())).envios).toMatchObject([{ resultado: 'retenido', retenidos: 2 }]);
});

test('what we sent ourselves is not changed by it, nor sent again in mode cambios', async () => {
  world.courses = [course([student(0, 60)])];
  await send(world.request());
  expect(await syncFromHistory(world.request())).toMatchObject([{ registros: 2, nuevos: 0, cambiados: 0 }]);
  expect((await send(world.request({ modo: 'cambios' }))).envios).toEqual([]);
});

test('every difference between the LMS, the ledger and SENCE has its name', async () => {
  await world.begun();
  world.courses = [course([student(0, 10), student(1, 10)])];
  await sentElsewhere();
  world.courses = [course([student(2, 10), student(3, 10)])];
  await send(world.request());
  await world.ledger.db
    .insertInto('aceptado')
    .values({
      ...{ rutOtec: '76111222-8', codigoOferta: world.courses[0]?.codigoOferta ?? '' },
      ...{ codigoGrupo: world.courses[0]?.codigoGrupo ?? '', rut: rutOf(2).text, codigoModulo: 'PRUEBA-M9' },
      ...{ porcentajeAvance: 5, tiempoConectividad: null, estado: null, huella: null },
      ...{ cuando: '2026-11-22T00:00:00Z', codigoEnvio: null, idProceso: null },
    })
    .execute();
  world.courses = [
    course([
      student(1, 10),
      student(2, 20, {
        listaModulos: [modulo('PRUEBA-M1', 20), modulo('PRUEBA-M2', 10), modulo('PRUEBA-M3', 1)],
      }),
    ]),
  ];
  const result = await reconcile(world.request());
  const named = result.diferencias.map(({ rut, codigoModulo, tipo }) => `${rut} ${codigoModulo} ${tipo}`);
  expect(named.sort()).toEqual(
    [
      ...MODULOS.map((codigo) => `${rutOf(0).text} ${codigo} desconocido-en-lms`),
      `${rutOf(2).text} PRUEBA-M1 valor-distinto`,
      `${rutOf(2).text} PRUEBA-M3 nunca-enviado`,
      `${rutOf(2).text} PRUEBA-M9 falta-en-sence`,
      ...MODULOS.map((codigo) => `${rutOf(3).text} ${codigo} salio-del-lms`),
    ].sort(),
  );
  expect(result).toMatchObject({ comparados: 10, iguales: 3, fallas: [], sinHistorial: [] });
  expect(differencesCsv(result).split('\r\n')[0]).toBe(
    '\uFEFFrutOtec;codigoOferta;codigoGrupo;rut;codigoModulo;tipo;lms;registro;sence;queHacer',
  );
  expect(result.diferencias.find(({ tipo }) => tipo === 'valor-distinto')).toMatchObject({
    lms: 20,
    registro: 10,
    sence: 10,
  });
});
