import { readHistory } from '@puente-sic/protocol';
import { expect, test } from 'vitest';
import {
  espejo,
  importarValores,
  importRegistry,
  openStore,
  readRegistry,
  type Store,
} from '../src/index.ts';
import { alumno, EVENING, envio, MODULOS, modulo, registry } from './data.ts';
import { getHistory, history, post, send } from './http.ts';
import { type Home, onEachStore } from './stores.ts';

const at = (percentage: number, code: string = MODULOS[0]) => ({
  listaModulos: [modulo(code, { porcentajeAvance: percentage })],
});
const line = (cuerpo: unknown, respuesta: unknown, cuando = EVENING.toISOString()) =>
  JSON.stringify({ cuando, cuerpo, respuesta });

async function* each(lines: string[]): AsyncGenerator<string> {
  yield* lines;
}

async function withStore<T>(home: Home, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(await home.datos());
  try {
    await importRegistry(store, readRegistry(registry()), { now: EVENING });
    return await work(store);
  } finally {
    await store.close();
  }
}

onEachStore('a mirror', (home) => {
  test('agrees with a Gestor that judges as it does, call by call', async () => {
    const gestor = await home.start({ registro: registry(), clock: () => EVENING });
    const bodies = [
      envio([alumno(1), alumno(2, at(80))]),
      envio([alumno(1, at(20)), alumno(2, at(90)), alumno(6), alumno(7), alumno(99)]),
      envio([alumno(1, { porcentajeAvance: 'mucho' })]),
      envio([alumno(5, at(10, MODULOS[1]))]),
      envio([alumno(1)], { codigoOferta: 'CAP-00-00-00-0000' }),
      envio([alumno(1)], { token: 'otro' }),
      envio([]),
    ];
    const lines: string[] = [];
    for (const body of bodies) {
      const { text } = await post(gestor, body);
      lines.push(line({ ...body, token: undefined }, text));
    }
    const report = await withStore(home, (store) => espejo(store, each(lines)));
    expect(report).toEqual({
      ...{ llamadas: 6, registros: 10, iguales: 10, desacuerdos: [] },
      sinComparar: [
        { motivo: expect.stringContaining('no aceptó las credenciales'), lineas: 1, primeras: [6] },
      ],
    });
  });

  test('names the codes of which two Gestores say different things, with places and nobody’s RUT', async () => {
    const gestor = await home.start({
      ...{ registro: registry(), clock: () => EVENING, supuestos: { rechazarPorcentajeIgual: true } },
    });
    const body = envio([1, 2, 3, 4].map((n) => alumno(n)));
    const lines = [
      line(body, (await post(gestor, body)).text),
      line(JSON.stringify(body), (await post(gestor, body)).text),
    ];
    const { desacuerdos, iguales, registros } = await withStore(home, (store) => espejo(store, each(lines)));
    expect({ iguales, registros }).toEqual({ iguales: 4, registros: 8 });
    const place = (n: number) => ({
      ...{ linea: 2, donde: `listaAlumnos[${n}].listaModulos[0]`, codigoModulo: MODULOS[0] },
      mensaje: expect.stringContaining('anterior (50.00000)'),
    });
    expect(desacuerdos).toEqual([
      { nuestro: 'aceptado', suyo: '025', registros: 4, ejemplos: [place(0), place(1), place(2)] },
    ]);
    expect(JSON.stringify(desacuerdos)).not.toContain('9000001');
    const same = await withStore(home, (store) =>
      espejo(store, each(lines), { rechazarPorcentajeIgual: true }),
    );
    expect(same.desacuerdos).toEqual([]);
  });

  test('goes on from what the other one accepted, and from nothing that it refused', async () => {
    const accepted = (body: { listaAlumnos?: unknown }) => ({
      id_proceso: 7,
      envio: body.listaAlumnos,
      errores: [],
    });
    const [high, low, between] = [80, 10, 20].map((percentage) => envio([alumno(1, at(percentage))]));
    const refused = {
      ...{ id_proceso: 8, datosEnviados: [] },
      datosError: [{ alumno: alumno(2, at(90)), codigo: '024', mensaje: 'modulo.porcentajeAvance invalido' }],
    };
    const report = await withStore(home, (store) =>
      espejo(
        store,
        each([
          line(high, accepted(high ?? {})),
          line(low, accepted(low ?? {})),
          line(between, accepted(between ?? {})),
          line(envio([alumno(2, at(90))]), refused),
          line(envio([alumno(2, at(15))]), accepted(envio([alumno(2, at(15))]))),
        ]),
      ),
    );
    expect(report).toMatchObject({ llamadas: 5, iguales: 3 });
    expect(
      report.desacuerdos.map(({ nuestro, suyo, ejemplos }) => [nuestro, suyo, ejemplos[0]?.linea]),
    ).toEqual([
      ['025', 'aceptado', 2],
      ['aceptado', '024', 4],
    ]);
  });

  test('tells the lines that it did not compare, each for its reason, and never quotes them', async () => {
    const body = envio([alumno(1)]);
    const { desacuerdos, llamadas, sinComparar } = await withStore(home, (store) =>
      espejo(
        store,
        each([
          '{"cuando":',
          '',
          line(body, '<html>502</html>'),
          line(body, {}, '2026-11-22 22:30'),
          line('token=5EEBF607', {}),
          line({ ...body, rutOtec: '76111111-6' }, { id_proceso: 1, envio: [], errores: [] }),
          line(body, undefined),
        ]),
      ),
    );
    expect({ desacuerdos, llamadas }).toEqual({ desacuerdos: [], llamadas: 0 });
    expect(sinComparar.map(({ motivo, primeras }) => [motivo, ...primeras])).toEqual([
      ['no es un objeto JSON', 1],
      ['la respuesta del otro Gestor no se puede leer', 3],
      ['«cuando» no es un instante con su zona, como 2026-11-22T22:31:07-03:00', 4],
      ['«cuerpo» no es el cuerpo de un envío', 5],
      ['la OTEC no está en el registro', 6],
      ['falta «respuesta»', 7],
    ]);
    expect(JSON.stringify(sinComparar)).not.toContain('5EEBF607');
  });
});

onEachStore('last values of a history', (home) => {
  test.each([false, true])(
    'are what 025 begins with, seccion_cod the module’s code: %s',
    async (seccionConModulo) => {
      const clock = () => EVENING;
      const old = await home.start({ registro: registry(), clock, supuestos: { seccionConModulo } });
      await send(old, envio([alumno(1, at(40)), alumno(2, at(30)), alumno(7)]));
      await send(old, envio([alumno(1, at(60)), alumno(3, at(5, MODULOS[1]))]));
      await send(old, envio([alumno(1, at(55))]));
      const said = readHistory((await getHistory(old)).text);
      if (said.kind !== 'processes') throw new Error('no history');

      const datos = await home.datos();
      const gestor = await home.start({ datos, registro: registry(), clock });
      await send(gestor, envio([alumno(2, at(20))]));
      const store = await openStore(datos);
      try {
        const none = { sinCurso: 0, ilegibles: 0 };
        const taken = await importarValores(store, said.processes.toReversed());
        expect(taken).toEqual({ procesos: 3, valores: 2, conocidos: 1, ...none });
        const again = await importarValores(store, said.processes);
        expect(again).toEqual({ procesos: 3, valores: 0, conocidos: 3, ...none });
        const [first] = said.processes;
        const strange = (field: string, value: string) =>
          first && [
            { ...first, listaregistros: first.listaregistros.map((one) => ({ ...one, [field]: value })) },
          ];
        expect(await importarValores(store, strange('oferta_cod', 'OTRA') ?? [])).toMatchObject({
          sinCurso: 2,
        });
        expect(await importarValores(store, strange('rut_alumno', 'x') ?? [])).toMatchObject({
          ilegibles: 2,
        });
      } finally {
        await store.close();
      }
      const lower = envio([alumno(1, at(59)), alumno(2, at(21)), alumno(3, at(4, MODULOS[1]))]);
      const { datosError } = await send(gestor, lower);
      expect(datosError?.map(({ mensaje }) => mensaje)).toEqual([
        expect.stringContaining('(60.00000)'),
        expect.stringContaining('(5.00000)'),
      ]);
      expect((await history(gestor)).length).toBe(2);
    },
  );
});
