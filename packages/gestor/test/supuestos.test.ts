import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Gestor, readSupuesto, SUPUESTOS, type Supuestos, startGestor } from '../src/index.ts';
import { alumno, CURSO, EVENING, envio, MODULOS, modulo, registry, TOKEN } from './data.ts';
import { type Answer, history, post, send } from './http.ts';

/** What an assumption changes: the same thing asked as it stands and with it changed. */
interface Case<K extends keyof Supuestos> {
  changed: Supuestos[K];
  ask(gestor: Gestor): Promise<unknown>;
  before: unknown;
  after: unknown;
}

const codes = ({ datosError = [] }: Answer) =>
  datosError.map(({ codigo, mensaje }) => `${codigo} ${mensaje}`);
const withModulo = (fields: Record<string, unknown>) =>
  envio([alumno(1, { listaModulos: [modulo(MODULOS[0], fields)] })]);

const CASES: { [K in keyof Supuestos]: Case<K> } = {
  prefijoModulo: {
    changed: '',
    ask: async (gestor) => codes(await send(gestor, withModulo({ notaModulo: -1 }))),
    before: ['028 Uno o mas errores encontrados: modulo.notaModulo inválido'],
    after: ['028 modulo.notaModulo inválido'],
  },
  codigo025EnHistorial: {
    changed: '025',
    ask: async (gestor) => {
      await send(gestor, withModulo({ porcentajeAvance: 50 }));
      await send(gestor, withModulo({ porcentajeAvance: 40 }));
      return (await history(gestor))[1]?.listaregistros[0]?.obs_registro?.slice(0, 5);
    },
    before: '[010]',
    after: '[025]',
  },
  porcentajeMaximo: {
    changed: 1000,
    ask: async (gestor) => codes(await send(gestor, withModulo({ porcentajeAvance: 101 }))).length,
    before: 1,
    after: 0,
  },
  rechazarPorcentajeIgual: {
    changed: true,
    ask: async (gestor) => {
      await send(gestor, withModulo({}));
      return codes(await send(gestor, withModulo({}))).length;
    },
    before: 0,
    after: 1,
  },
  avancePorDia: {
    changed: true,
    ask: async (gestor) => {
      const taken: string[][] = [];
      // Two evenings: 60, then 50 and in one call 40 and 30; the next evening 20.
      taken.push(codes(await send(gestor, withModulo({ porcentajeAvance: 60 }))));
      taken.push(codes(await send(gestor, withModulo({ porcentajeAvance: 50 }))));
      const twice = [40, 30].map((porcentajeAvance) => modulo(MODULOS[0], { porcentajeAvance }));
      taken.push(codes(await send(gestor, envio([alumno(1, { listaModulos: twice })]))));
      now = new Date(EVENING.getTime() + 24 * 3_600_000);
      taken.push(codes(await send(gestor, withModulo({ porcentajeAvance: 20 }))));
      return taken.map((errors) => errors.map((error) => /\(.*/.exec(error)?.[0]));
    },
    before: [[], ['(60.00000)'], ['(60.00000)', '(60.00000)'], ['(60.00000)']],
    after: [[], [], [], ['(30.00000)']],
  },
  exigirOrdenDeFechas: {
    changed: true,
    ask: async (gestor) => {
      const reversed = { fechaInicio: '2026-12-31', fechaFin: '2026-12-30 23:59:59' };
      return codes(
        await send(gestor, envio([alumno(1, { ...reversed, listaModulos: [modulo(MODULOS[0], reversed)] })])),
      );
    },
    before: [],
    after: ['027 alumno.fechaFin inválido', '027 Uno o mas errores encontrados: modulo.fechaFin inválido'],
  },
  fechaFinVacia: {
    changed: true,
    ask: async (gestor) => [
      codes(await send(gestor, envio([alumno(1, { fechaFin: '' })]))),
      codes(await send(gestor, withModulo({ fechaFin: '' }))),
    ],
    before: [
      ['027 alumno.fechaFin inválido'],
      ['027 Uno o mas errores encontrados: modulo.fechaFin inválido'],
    ],
    after: [[], ['027 Uno o mas errores encontrados: modulo.fechaFin inválido']],
  },
  exigirActividades: {
    changed: true,
    ask: async (gestor) => codes(await send(gestor, withModulo({ listaActividades: [] }))),
    before: [],
    after: ['null Uno o mas errores encontrados: modulo.listaActividades no puede estar vacía'],
  },
  exigirEjecucionEnCurso: {
    changed: true,
    ask: async (gestor) => codes(await send(gestor, envio([alumno(1, { fechaEjecucion: '2027-01-01' })]))),
    before: [],
    after: ['null alumno.fechaEjecucion inválido'],
  },
  tokenExacto: {
    changed: false,
    ask: async (gestor) =>
      (await post(gestor, { ...withModulo({}), token: TOKEN.toLowerCase() })).text.includes('Token invalido'),
    before: true,
    after: false,
  },
  errorConAlumnoEntero: {
    changed: true,
    ask: async (gestor) => {
      const listaModulos = [modulo(MODULOS[0]), modulo(MODULOS[1], { notaModulo: -1 })];
      const { datosError = [] } = await send(gestor, envio([alumno(1, { listaModulos })]));
      return JSON.stringify(datosError[0]?.alumno).match(/codigoModulo/g)?.length;
    },
    before: 1,
    after: 2,
  },
  ecoParcialVacio: {
    changed: true,
    ask: async (gestor) => {
      const { datosEnviados, datosError } = await send(gestor, envio([alumno(1), alumno(99)]));
      const { envio: whole } = await send(gestor, envio([alumno(1)]));
      return [datosEnviados?.length, datosError?.length, whole?.length];
    },
    before: [1, 1, 1],
    after: [0, 1, 1],
  },
  ecoFechaAlFinal: {
    changed: true,
    ask: async (gestor) => Object.keys((await send(gestor, envio([alumno(1)]))).envio?.[0] ?? {}).at(-1),
    before: 'listaModulos',
    after: 'fechaEjecucion',
  },
  seccionConModulo: {
    changed: true,
    ask: async (gestor) => {
      await send(gestor, envio([alumno(1)]));
      return (await history(gestor))[0]?.listaregistros[0]?.seccion_cod;
    },
    before: CURSO,
    after: MODULOS[0],
  },
  historialEnUtc: {
    changed: true,
    ask: async (gestor) => {
      await send(gestor, envio([alumno(1)]));
      const since = async (fechaDesde: string) =>
        (await history(gestor, { fechaDesde })).map(({ fecha }) => fecha);
      return [await since('2026-11-22'), await since('2026-11-23')];
    },
    before: [['2026-11-22 22:30:00'], []],
    after: [['2026-11-23 01:30:00'], ['2026-11-23 01:30:00']],
  },
  estadoIlegible: {
    changed: 200,
    ask: async (gestor) => {
      const answer = await fetch(`${gestor.url}/avance-sic/enviarAvance`, { method: 'POST', body: '{' });
      return [answer.status, (await answer.json()).error.length];
    },
    before: [400, 1],
    after: [200, 1],
  },
};

let now = EVENING;

test.each(Object.entries(CASES))(
  '%s can be changed, and changes what it says',
  async (name, { ask, before, after, changed }) => {
    const asking = async (supuestos: Partial<Supuestos>): Promise<unknown> => {
      now = EVENING;
      const datos = await mkdtemp(join(tmpdir(), 'puente-gestor-'));
      const gestor = await startGestor({ datos, clock: () => now, registro: registry(), supuestos });
      try {
        return await ask(gestor);
      } finally {
        await gestor.close();
        await rm(datos, { recursive: true });
      }
    };
    expect(await asking({})).toEqual(before);
    expect(await asking({ [name]: changed })).toEqual(after);
  },
);

test('docs/supuestos.md has a row for each, and counts the open and the settled ones', async () => {
  const text = await readFile(new URL('../../../docs/supuestos.md', import.meta.url), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  const open = rows.filter((row) => row.includes('| abierto |')).length;
  const settled = rows.filter((row) => row.includes('| zanjado: ')).length;
  expect(rows.map((row) => /`(\w+)`/.exec(row)?.[1])).toEqual(Object.keys(SUPUESTOS));
  expect(open + settled).toBe(rows.length);
  expect(text).toContain(
    `De ${rows.length} con interruptor, ${open} siguen abiertos y ${settled} están zanjados por el servicio real.`,
  );
});

test.each([
  ['ecoParcialVacio=true', { ecoParcialVacio: true }],
  ['estadoIlegible=200', { estadoIlegible: 200 }],
  ['prefijoModulo=', { prefijoModulo: '' }],
  ['ecoParcialVacio=sí', null],
  ['estadoIlegible=', null],
  ['toString=x', null],
  ['ecoParcialVacio', null],
])('as a person writes it: %s', (text, read) => {
  expect(readSupuesto(text)).toEqual(read);
});

test('every assumption has its case', () => {
  expect(Object.keys(CASES)).toEqual(Object.keys(SUPUESTOS));
});
