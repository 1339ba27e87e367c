import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  importRegistry,
  openStore,
  RegistryError,
  type RegistryFile,
  readRegistry,
  readRegistryFile,
} from '../src/index.ts';
import { readRegistryText } from '../src/registry/read-file.ts';
import { alumno, CURSO, EVENING, envio, MODULOS, modulo, registry, rutOf } from './data.ts';
import { history, send } from './http.ts';
import { onEachStore } from './stores.ts';

const none = { agregados: 0, cambiados: 0, cerrados: 0 };
const unchanged = {
  otecs: none,
  tokens: none,
  alumnos: none,
  cursos: none,
  modulos: none,
  inscripciones: none,
  avisos: [],
};

onEachStore('importing a registry', (home) => {
  const importing = async (datos: string, file: RegistryFile, complete = false) => {
    const store = await openStore(datos);
    try {
      return await importRegistry(store, readRegistry(file), { now: EVENING, complete });
    } finally {
      await store.close();
    }
  };

  test('reports what is new, and the second time that nothing is', async () => {
    const datos = await home.datos();
    expect(await importing(datos, registry())).toEqual({
      otecs: { ...none, agregados: 2 },
      tokens: { ...none, agregados: 2 },
      alumnos: { ...none, agregados: 7 },
      cursos: { ...none, agregados: 2 },
      modulos: { ...none, agregados: 3 },
      inscripciones: { ...none, agregados: 6 },
      avisos: [],
    });
    expect(await importing(datos, registry())).toEqual(unchanged);
    expect(await importing(datos, registry(), true)).toEqual(unchanged);
  });

  test('closes what a named course no longer has, keeps its history, and opens it again', async () => {
    const datos = await home.datos();
    const gestor = await home.start({ datos, clock: () => EVENING, registro: registry() });
    const body = envio([alumno(1, { listaModulos: MODULOS.map((codigo) => modulo(codigo)) }), alumno(2)]);
    await send(gestor, body);

    const smaller = registry();
    const [curso] = smaller.cursos ?? [];
    if (!curso) throw new Error('the registry has a course');
    curso.modulos = curso.modulos.slice(0, 1);
    curso.alumnos = curso.alumnos
      .filter(({ rut }) => !rut.startsWith(`${rutOf(2).rutAlumno}`))
      .map(({ rut }) => ({ rut }));
    curso.nombre = 'Otro nombre';
    expect(await importing(datos, smaller)).toEqual({
      ...unchanged,
      cursos: { ...none, cambiados: 1 },
      modulos: { ...none, cerrados: 1 },
      inscripciones: { agregados: 0, cambiados: 1, cerrados: 1 },
    });
    const codes = async () => (await send(gestor, body)).datosError?.map(({ codigo }) => codigo);
    expect(await codes()).toEqual(['010', '011']);
    expect(await history(gestor)).toHaveLength(2);

    await importing(datos, registry());
    expect(await codes()).toBeUndefined();
  });

  test('leaves alone what it does not name, unless it is the complete one', async () => {
    const datos = await home.datos();
    const gestor = await home.start({ datos, clock: () => EVENING, registro: registry() });
    const other: RegistryFile = {
      otecs: registry().otecs.slice(1),
      cursos: registry().cursos?.slice(1) ?? [],
    };
    expect(await importing(datos, other)).toEqual(unchanged);
    expect((await send(gestor, envio([alumno(1)]))).errores).toEqual([]);
    expect(await importing(datos, other, true)).toEqual({
      ...unchanged,
      otecs: { ...none, cerrados: 1 },
      cursos: { ...none, cerrados: 1 },
    });
    await importing(datos, { otecs: registry().otecs });
    expect((await send(gestor, envio([alumno(1)]))).datosError?.map(({ codigo }) => codigo)).toEqual(['003']);
  });

  test('of one provider over a course of another moves the course and not its history', async () => {
    const datos = await home.datos();
    const gestor = await home.start({ datos, clock: () => EVENING, registro: registry() });
    await send(gestor, envio([alumno(1)]));
    const moved = registry();
    for (const curso of moved.cursos ?? []) curso.rutOtec = moved.otecs[1]?.rut ?? '';
    await importing(datos, moved);
    expect((await send(gestor, envio([alumno(1)]))).datosError?.map(({ codigo }) => codigo)).toEqual(['003']);
    expect(await history(gestor)).toHaveLength(2);
  });
});

const CSV = `rutOtec;nombreOtec;token;codigoOferta;codigoGrupo;nombreCurso;fechaInicio;fechaFin;codigoModulo;nombreModulo;rutAlumno;nombreAlumno
77124930-2;Inventada;5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220;${CURSO};${CURSO};"Curso; inventado";2026-10-01;2026-12-31;M1;Uno;9000001-2;Ana
77124930-2;Inventada;;${CURSO};${CURSO};;;;M2;Dos;9000001-2;Ana
77124930-2;Inventada;;${CURSO};${CURSO};;;;;;9000002-0;Berta
`;

test('a CSV says the same as the JSON', () => {
  const { otecs, cursos, alumnos } = readRegistryText(`\uFEFF${CSV}`, 'csv');
  expect(otecs).toEqual([
    {
      rut: 77124930,
      dv: '2',
      nombre: 'Inventada',
      vigente: true,
      tokens: [{ token: '5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220', desde: null, hasta: null }],
    },
  ]);
  expect(cursos).toEqual([
    {
      codigoOferta: CURSO,
      codigoGrupo: CURSO,
      rutOtec: 77124930,
      nombre: 'Curso; inventado',
      fechaInicio: '2026-10-01',
      fechaFin: '2026-12-31',
      modulos: [
        { codigoModulo: 'M1', nombre: 'Uno' },
        { codigoModulo: 'M2', nombre: 'Dos' },
      ],
      alumnos: [
        { rut: 9000001, modulos: ['M1', 'M2'] },
        { rut: 9000002, modulos: null },
      ],
    },
  ]);
  expect(alumnos.get(9000002)).toEqual({ dv: '0', nombre: 'Berta' });
});

test('a registry that cannot be used is told place by place, in Spanish', async () => {
  const wrong = { otecs: [{ rut: 'x', token: 5 }], cursos: [{ codigoOferta: '', modulos: [] }] };
  expect(() => readRegistryText(JSON.stringify(wrong), 'json')).toThrow(RegistryError);
  expect(() => readRegistryText(JSON.stringify(wrong), 'json')).toThrow(/otecs\[0\]\.rut: no es un RUT/);
  expect(() => readRegistryText('{', 'json')).toThrow(/no es JSON/);
  expect(() => readRegistryText('a,b\n1,2', 'csv')).toThrow(/encabezado/);
  await expect(readRegistryFile('/no/existe.json')).rejects.toThrow(/No se puede leer el registro/);
});

test('a student with a wrong check digit and a module that the course has not are told', async () => {
  const file = registry();
  const [curso] = file.cursos ?? [];
  curso?.alumnos.unshift({ rut: '9000008-1', modulos: ['NADA'] });
  const folder = await mkdtemp(join(tmpdir(), 'puente-gestor-'));
  const store = await openStore(folder);
  const { avisos } = await importRegistry(store, readRegistry(file), { now: EVENING });
  await store.close();
  await rm(folder, { recursive: true });
  expect(avisos).toEqual([expect.stringContaining('9000008-1'), expect.stringContaining('NADA')]);
});
