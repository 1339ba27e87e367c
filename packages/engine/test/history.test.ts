import type { Alumno, Draft, Modulo } from '@puente-sic/protocol';
import {
  course,
  MODULOS,
  modulo,
  OFERTA,
  OTEC,
  openWorld,
  rutOf,
  student,
  type World,
} from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decide, differencesCsv, preview, reconcile, send, syncFromHistory } from '../src/index.ts';

const COURSE = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA };

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
      // Its own percentage goes with each of its modules.
      ...MODULOS.map((codigo) => `${rutOf(2).text} ${codigo} valor-distinto`),
      `${rutOf(2).text} PRUEBA-M3 nunca-enviado`,
      `${rutOf(2).text} PRUEBA-M9 falta-en-sence`,
      ...MODULOS.map((codigo) => `${rutOf(3).text} ${codigo} salio-del-lms`),
    ].sort(),
  );
  expect(result).toMatchObject({ comparados: 10, iguales: 2, fallas: [], sinHistorial: [] });
  expect(differencesCsv(result).split('\r\n')[0]).toBe(
    '\uFEFFrutOtec;codigoOferta;codigoGrupo;rut;codigoModulo;tipo;lms;registro;sence;queHacer;distintos',
  );
  expect(result.diferencias.find(({ tipo }) => tipo === 'valor-distinto')).toMatchObject({
    lms: 20,
    registro: 10,
    sence: 10,
  });
});

test('what a source or a Gestor says is no formula in the differences that people open in a spreadsheet', async () => {
  world.courses = [course([student(0, 60)])];
  await sentElsewhere();
  world.courses = [course([student(0, 70)])];
  const result = await reconcile(world.request());
  const [first] = result.diferencias;
  if (first === undefined) throw new Error('nothing differs');
  const diferencias = [{ ...first, codigoModulo: '=cmd|1', queHacer: 'Vea;=1' }];
  const [, row = ''] = differencesCsv({ ...result, diferencias }).split('\r\n');
  expect(row).toContain(";'=cmd|1;");
  expect(row).toContain(`"Vea;'=1"`);
});

const DIFFERENT: [campo: string, alumno: Draft<Alumno>, modulo: Draft<Modulo>][] = [
  ['modulo.tiempoConectividad', {}, { tiempoConectividad: 601 }],
  ['modulo.estado', {}, { estado: 2 }],
  ['modulo.fechaInicio', {}, { fechaInicio: '2026-11-02' }],
  ['modulo.fechaFin', {}, { fechaFin: '2026-12-30' }],
  ['alumno.porcentajeAvance', { porcentajeAvance: 11 }, {}],
  ['alumno.tiempoConectividad', { tiempoConectividad: 1201 }, {}],
  ['alumno.estado', { estado: 2 }, {}],
  ['alumno.fechaInicio', { fechaInicio: '2026-11-02' }, {}],
  ['alumno.fechaFin', { fechaFin: '2026-12-30' }, {}],
];

test.each(DIFFERENT)(
  '%s alone is a difference, and is named with what each side has',
  async (campo, alumno, more) => {
    world.courses = [course([student(0, 10)])];
    await send(world.request());
    expect(await reconcile(world.request())).toMatchObject({ iguales: 2, diferencias: [] });
    const listaModulos = [modulo('PRUEBA-M1', 10, more), modulo('PRUEBA-M2', 10)];
    world.courses = [course([student(0, 10, { ...alumno, listaModulos })])];
    const { iguales, diferencias } = await reconcile(world.request());
    const ofBoth = campo.startsWith('alumno');
    expect(iguales).toBe(ofBoth ? 0 : 1);
    const value = Object.values({ ...alumno, ...more })[0];
    const distinto = { campo, lms: value, sence: expect.anything() };
    for (const diferencia of diferencias) {
      expect(diferencia).toMatchObject({ tipo: 'valor-distinto', lms: 10, sence: 10, distintos: [distinto] });
    }
    expect(differencesCsv({ iguales, diferencias } as never)).toContain(`${campo}: ${value} / `);
  },
);

test('what is held back is a group of its own, whatever SENCE has of it, and says why', async () => {
  world.courses = [course([student(0, 10), student(1, 10), student(2, 10)])];
  await send(world.request());
  const bad = [modulo('PRUEBA-M1', 10, { tiempoConectividad: -1 }), modulo('PRUEBA-M2', 10)];
  world.courses = [
    course([student(0, 10, { listaModulos: bad }), student(1, 4), student(2, 10), student(3, 10)]),
  ];
  const decision = { tipo: 'no-informar', codigoModulo: null, quien: 'rosa' } as const;
  for (const index of [2, 3]) {
    await decide(world.ledger, { ...COURSE, ...decision, rut: rutOf(index).text }, world.time.now);
  }
  const { iguales, diferencias } = await reconcile(world.request());
  expect(iguales).toBe(1);
  const named = diferencias.map(({ rut, codigoModulo, tipo }) => `${rut} ${codigoModulo} ${tipo}`);
  expect(named.sort()).toEqual(
    [
      `${rutOf(0).text} PRUEBA-M1 retenido`,
      ...[1, 2, 3].flatMap((index) => MODULOS.map((codigo) => `${rutOf(index).text} ${codigo} retenido`)),
    ].sort(),
  );
  const why = (index: number) => diferencias.find(({ rut }) => rut === rutOf(index).text);
  expect(why(0)?.explicacion).toContain('tiempoConectividad');
  expect(why(1)?.explicacion).toContain('bajó');
  expect(why(2)).toMatchObject({ explicacion: 'Una persona decidió no informarlo.', lms: 10, sence: 10 });
});
