import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { entidadesSource } from '../../src/index.ts';
import type { CourseSelection } from '../../src/source.ts';
import { AT, AULA, aulaWith, csvOf } from './aula.ts';

/** What a folder of entities gives for course 8, and what is said of its codes. */
async function read(aula: Record<string, string[][]>, courses?: CourseSelection[]) {
  const ruta = await mkdtemp(join(tmpdir(), 'puente-codigos-'));
  try {
    for (const [entity, rows] of Object.entries(aula))
      await writeFile(join(ruta, `${entity}.csv`), csvOf(rows));
    const source = entidadesSource({ name: 'aula', ruta });
    const reading = await source.read({ at: AT, ...(courses && { courses }) });
    await source.close();
    const own = reading.courses.filter(({ id }) => id === '8');
    return {
      groups: own.map(({ codigoOferta, codigoGrupo }) => [codigoOferta, codigoGrupo]),
      modules: [
        ...new Set(
          own.flatMap(({ students }) => students.flatMap(({ alumno }) => alumno.listaModulos ?? [])),
        ),
      ].map(({ codigoModulo }) => codigoModulo),
      told: [...new Set(own.flatMap(({ findings }) => findings.map(({ message }) => message)))].filter(
        (message) => /códigos/.test(message),
      ),
    };
  } finally {
    await rm(ruta, { recursive: true, force: true });
  }
}

/** Course 8 with codes as a person or a program writes them. */
const written = (oferta: string, groups: [string, string], modulo: string) =>
  aulaWith({
    cursos: [AULA.cursos?.[0] ?? [], ['8', oferta, '', 'Bodega', '2026-10-05', '2026-12-18']],
    alumnos: [
      ['curso', 'alumno', 'rut', 'nombre', 'grupo'],
      ['8', 'ana', '11.111.111-1', 'Ana', groups[0]],
      ['8', 'elsa', '14567890-0', 'Elsa', groups[1]],
    ],
    modulos: [AULA.modulos?.[0] ?? [], ['8', '81', modulo, 'Inventario', '1']],
    actividades: [
      ['curso', 'modulo', 'actividad', 'nombre'],
      ['8', '81', 'b1', 'Contar'],
    ],
    avances: [
      ['curso', 'alumno', 'actividad', 'completada'],
      ['8', 'elsa', 'b1', '1'],
    ],
    notas: null,
    clics: [
      ['curso', 'alumno', 'modulo', 'instante'],
      ['8', 'elsa', '81', '2026-10-06T09:00:00-03:00'],
    ],
  });

const GROUPS: [string, string] = ['CAP-26-02-A', 'CAP-26-02-B'];
const PLAIN = written('CAP-26-02', GROUPS, 'PRES028008000600');

it('codes as SIC writes them are silent', async () => {
  expect(await read(PLAIN)).toEqual({
    groups: GROUPS.map((group) => ['CAP-26-02', group]),
    modules: ['PRES028008000600', 'PRES028008000600'],
    told: [],
  });
});

it('other dashes, blanks and signs that nobody sees are cleaned, and told', async () => {
  const odd = written('CAP–26–02', ['CAP-26-02\u2011A', '\u200bCAP-26-02-B'], 'PRES028008000600\u00ad');
  const { told, ...rest } = await read(odd);
  const { told: none, ...plain } = await read(PLAIN);
  expect(none).toEqual([]);
  expect(rest).toEqual(plain);
  expect(told).toEqual([
    expect.stringMatching(
      /En el curso «8» hay códigos escritos de otro modo .*«CAP–26–02 como CAP-26-02».* y 1 más\.$/,
    ),
  ]);
});

it('one group that is written in two ways is one', async () => {
  const two = written('CAP-26-02', ['CAP-26-02-A', 'CAP-26-02‑A'], 'PRES028008000600');
  expect((await read(two)).groups).toEqual([['CAP-26-02', 'CAP-26-02-A']]);
});

it('codes that hardly stand so at SIC go as they are, and are told, unless puente.yaml names them', async () => {
  const odd = written('CAP-26-02', ['Mañana', 'Tarde'], 'PRES028008000600');
  const { groups, told } = await read(odd);
  expect(groups).toEqual([
    ['CAP-26-02', 'Mañana'],
    ['CAP-26-02', 'Tarde'],
  ]);
  expect(told).toEqual([expect.stringMatching(/códigos sin ningún número.*«Mañana» y «Tarde»/)]);
  const named = ['Mañana', 'Tarde'].map((codigoGrupo) => ({ curso: '8', codigoGrupo, grupo: codigoGrupo }));
  expect((await read(odd, named)).told).toEqual([]);
});
