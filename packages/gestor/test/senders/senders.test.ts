import { readAnswer } from '@puente-sic/protocol';
import { describe, expect, test } from 'vitest';
import { loadOficial, loadRegistro } from '../../../../fixtures/load.ts';
import type { Gestor, RegistryFile, Supuestos } from '../../src/index.ts';
import { alumno, EVENING, envio, MODULOS, modulo, RUT_OTEC, registry, TOKEN } from '../data.ts';
import { type Answer, history, post, send } from '../http.ts';
import { type Home, onEachStore } from '../stores.ts';
import { BODIES } from './bodies.ts';

const MODULE_END = '027 Uno o mas errores encontrados: modulo.fechaFin inválido';

interface Replay {
  body: keyof typeof BODIES;
  supuestos: Partial<Supuestos>;
  /** What it is refused with; empty where all goes in. */
  errors: string[];
  /** Fate of each student × module as our readers tell it. */
  fates: string[];
}

/** Each sender's body, by each reading that matters to it. */
const REPLAYS: Replay[] = [
  {
    body: 'block_sence 2.5.0',
    supuestos: {},
    errors: ['027 alumno.fechaFin inválido', MODULE_END],
    fates: ['rejected'],
  },
  {
    body: 'block_sence 2.5.0',
    supuestos: { fechaFinVacia: true },
    errors: [MODULE_END],
    fates: ['rejected'],
  },
  { body: 'un bloque de Moodle', supuestos: {}, errors: [], fates: ['accepted'] },
  { body: 'un bloque de Moodle', supuestos: { ecoFechaAlFinal: true }, errors: [], fates: ['accepted'] },
  { body: 'Next.js', supuestos: {}, errors: [], fates: ['accepted'] },
  {
    body: 'Next.js',
    supuestos: { exigirActividades: true },
    errors: ['null Uno o mas errores encontrados: modulo.listaActividades no puede estar vacía'],
    fates: ['rejected'],
  },
  { body: 'C#', supuestos: {}, errors: [MODULE_END], fates: ['accepted', 'rejected'] },
  // Who is not named is neither accepted nor refused until the history tells.
  { body: 'C#', supuestos: { ecoParcialVacio: true }, errors: [MODULE_END], fates: ['unknown', 'rejected'] },
  { body: 'AWS Lambda', supuestos: {}, errors: [], fates: ['accepted'] },
];

const errorsOf = ({ datosError = [] }: Answer) =>
  datosError.map(({ codigo, mensaje }) => `${codigo} ${mensaje}`);

onEachStore('bodies of public senders', (home) => {
  describe.each(REPLAYS)('$body, by $supuestos', ({ body, supuestos, errors, fates }) => {
    test('is answered and read', async () => {
      const gestor = await start(home, supuestos);
      const { status, text } = await post(gestor, BODIES[body]);
      expect([status, errorsOf(JSON.parse(text))]).toEqual([200, errors]);
      const answer = readAnswer(text, JSON.parse(JSON.stringify(BODIES[body])));
      expect(answer.kind === 'processed' && answer.records.map(({ fate }) => fate)).toEqual(fates);

      const [proceso] = await history(gestor);
      const states = proceso?.listaregistros.map(({ estado_registro }) => estado_registro);
      expect(states).toEqual(fates.map((fate) => (fate === 'rejected' ? '3' : '1')));
    });

    test('the next night, unchanged, is answered the same', async () => {
      const gestor = await start(home, supuestos);
      const first = errorsOf(await send(gestor, BODIES[body]));
      expect(errorsOf(await send(gestor, BODIES[body]))).toEqual(first);
    });
  });

  test('block_sence’s student without an end goes in by the other reading, once his modules have theirs', async () => {
    const body = envio([alumno(1, { fechaFin: '' })]);
    expect(errorsOf(await send(await start(home, {}), body))).toEqual(['027 alumno.fechaFin inválido']);
    expect(errorsOf(await send(await start(home, { fechaFinVacia: true }), body))).toEqual([]);
  });

  test('the last percentage by day, of what this database keeps', async () => {
    let now = EVENING;
    const gestor = await home.start({
      clock: () => now,
      registro: registry(),
      supuestos: { avancePorDia: true },
    });
    const percentage = async (porcentajeAvance: number) =>
      errorsOf(
        await send(gestor, envio([alumno(1, { listaModulos: [modulo(MODULOS[0], { porcentajeAvance })] })])),
      );
    expect([await percentage(60), await percentage(50)]).toEqual([[], []]);
    now = new Date(EVENING.getTime() + 24 * 3_600_000);
    expect((await percentage(49)).join()).toContain('(50.00000)');
    expect(await percentage(50)).toEqual([]);
  });

  test('the address that observaciones names is there', async () => {
    const gestor = await start(home, {});
    await send(gestor, BODIES['un bloque de Moodle']);
    await send(gestor, BODIES['AWS Lambda']);
    const [, second] = await history(gestor);
    const named = /\/avance-sic\/\S+/.exec(second?.observaciones ?? '')?.[0];
    const credentials = new URLSearchParams({ rutOtec: RUT_OTEC, idSistema: '1350', token: TOKEN });
    const answer = await fetch(`${gestor.url}${named}&${credentials}`);
    expect(await answer.json()).toEqual([second]);
  });

  test('the official ones: the manual’s goes in, the training’s is refused for dates that are no dates', async () => {
    const gestor = await home.start({ clock: () => EVENING, registro: withTrainingCourse() });
    expect(errorsOf(await send(gestor, JSON.parse(loadOficial('prueba-oficial.envio.json'))))).toEqual([]);
    const training = errorsOf(await send(gestor, JSON.parse(loadOficial('formacion.envio.json'))));
    expect(training.map((error) => error.slice(0, 3))).toEqual(['026', '027', '026', '027']);
  });
});

function start(home: Home, supuestos: Partial<Supuestos>): Promise<Gestor> {
  return home.start({ clock: () => EVENING, registro: registry(), supuestos });
}

/** The registry of the fixtures, and in it the course and the student of the training's own example. */
function withTrainingCourse(): RegistryFile {
  const registro = loadRegistro() as RegistryFile;
  const { rutOtec, codigoOferta, codigoGrupo } = JSON.parse(loadOficial('formacion.envio.json'));
  const course = { codigoOferta, codigoGrupo, rutOtec, nombre: 'Curso de la capacitación' };
  const modulos = [{ codigoModulo: 'COD-MOD-000555444', nombre: 'Módulo' }];
  const alumnos = [{ rut: '17118181-K', nombre: 'Alumno de la capacitación' }];
  return { ...registro, cursos: [...(registro.cursos ?? []), { ...course, modulos, alumnos }] };
}
