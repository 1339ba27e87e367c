import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readBitacora } from '@puente-sic/app';
import { openLedger } from '@puente-sic/engine';
import { OTEC, rutOf } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Office, openOffice } from './support/office.ts';
import { shownSetup } from './support/setup.ts';

const { text: RUT } = rutOf(0);
const [numero = '', dv = ''] = RUT.split('-');
const DATES = { fechaInicio: '2026-11-01', fechaFin: '2026-12-31' };
const FIGURES = { tiempoConectividad: 60, estado: 1, porcentajeAvance: 10, ...DATES };
/** A sheet of one course, as a program writes it. */
const SHEET = {
  ...{ rutOtec: OTEC.rut, codigoOferta: 'X-1', codigoGrupo: 'X-1-G' },
  listaAlumnos: [
    {
      ...{ rutAlumno: Number(numero), dvAlumno: dv, ...FIGURES },
      listaModulos: [{ codigoModulo: 'M1', ...FIGURES, listaActividades: [{ codigoActividad: 'Tarea 1' }] }],
    },
  ],
};

let office: Office;
let ana: string;
let ruta: string;
/** Called before the files are touched; whoever dies then is somebody who never returns. */
let before: () => Promise<void>;
beforeEach(async () => {
  before = async () => {};
  const running = {
    providers: [],
    version: 2 as const,
    clientFor: () => expect.fail('nobody sends'),
    pendientes: [],
    ensayo: false,
  };
  const files = () => shownSetup(running, () => office.world.time.now, ruta);
  office = await openOffice({
    setup: {
      ...shownSetup(running, () => office.world.time.now),
      receiveFile: (...asked) => before().then(() => files().receiveFile(...asked)),
      removeFile: (...asked) => before().then(() => files().removeFile(...asked)),
      recoverFile: (...asked) => before().then(() => files().recoverFile(...asked)),
    },
  });
  ruta = join(office.world.datos, '..', 'planillas');
  mkdirSync(ruta);
  ana = await office.enter('administrador');
});
afterEach(() => office.close());

const save = (archivo = 'curso.json') =>
  deed('PUT', `/api/planillas/planillas/${encodeURIComponent(archivo)}`, SHEET);
const deed = (method: string, path: string, body: unknown = {}) =>
  office.ask({
    ...{ method, path, cookie: ana, body },
    ...(method === 'PUT' && { headers: { 'content-type': 'application/octet-stream' } }),
  });
/** As another process finds it on the disk. */
async function trail(count: number): Promise<string[]> {
  const ledger = await openLedger(office.world.datos);
  try {
    return (await readBitacora(ledger, count)).map(({ accion, detalle }) => `${accion}: ${detalle}`);
  } finally {
    await ledger.close();
  }
}
const inUse = () => readdirSync(ruta).filter((name) => !name.startsWith('.'));

test('what is done to a sheet is noted before it is touched, and what came of it after', async () => {
  expect((await save()).status).toBe(200);
  const [aside = ''] = await (async () => {
    expect((await deed('DELETE', '/api/planillas/planillas/curso.json')).status).toBe(200);
    return readdirSync(join(ruta, '.reemplazadas'));
  })();
  const back = `/api/planillas/planillas/${encodeURIComponent(aside)}/recuperar`;
  expect((await deed('POST', back)).status).toBe(200);
  expect(inUse()).toEqual(['curso.json']);
  expect((await trail(6)).reverse()).toEqual([
    'planilla-comienzo: Comenzó: Subió «curso.json» a «planillas».',
    'planilla: Subió «curso.json» a «planillas».',
    'planilla-quitada-comienzo: Comenzó: Quitó «curso.json» de «planillas».',
    'planilla-quitada: Quitó «curso.json» de «planillas».',
    `planilla-recuperada-comienzo: Comenzó: Recuperó «${aside}» en «planillas».`,
    `planilla-recuperada: Recuperó «${aside}» en «planillas».`,
  ]);
});

test.each([
  ['saved', 'planilla', save],
  ['removed', 'planilla-quitada', () => deed('DELETE', '/api/planillas/planillas/curso.json')],
  ['recovered', 'planilla-recuperada', () => deed('POST', '/api/planillas/planillas/curso.json/recuperar')],
])(
  'a crash while a sheet is %s leaves its beginning, and no outcome that nobody saw',
  async (_, accion, work) => {
    let seen: string[] = [];
    before = async () => {
      seen = await trail(1);
      throw new Error('the process ends here');
    };
    expect((await work()).status).toBe(500);
    expect(seen).toEqual([expect.stringMatching(new RegExp(`^${accion}-comienzo: Comenzó: `))]);
    expect(existsSync(join(ruta, 'curso.json'))).toBe(false);
    expect((await trail(1))[0]).toMatch(new RegExp(`^${accion}-fallo: No se hizo: `));
  },
);

test('a sheet that is called after a person names nobody in the trail', async () => {
  expect((await save(`avance ${RUT}.json`)).status).toBe(200);
  expect((await trail(2)).join()).not.toContain(RUT.split('-')[0]);
});
