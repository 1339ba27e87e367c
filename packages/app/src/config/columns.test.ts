import { archivoSource } from '@puente-sic/sources';
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure.ts';
import { readSettings } from './load.ts';

const load = async (columnas: string) => {
  const text = `fuentes:\n  - { nombre: p, tipo: archivo, ruta: a.csv, columnas: ${columnas} }\n`;
  const { settings } = await readSettings(text, { needsTokens: false, env: {} });
  const [fuente] = settings.fuentes;
  return fuente?.tipo === 'archivo' ? fuente.columnas : undefined;
};
const told = async (columnas: string): Promise<string> => {
  const failure: unknown = await load(columnas).catch((error: unknown) => error);
  if (!(failure instanceof Failure)) throw new Error('it was taken');
  return failure.message;
};

describe('what was answered about columns', () => {
  it.each([
    ['{ escalaNotas: 1-7, escalaAvance: 0-1, unidadTiempo: minutos, separadorDecimal: coma }'],
    ['{ ordenFechas: mes-dia }'],
    ['{ notaModulo: 10-70, evaluacionFinal: 0-100 }'],
    ['{ "Módulo % Avance": 0-1, Tiempo conectado: horas, segundos: segundos }'],
  ])(
    'is taken of all of a kind and of one column, by any name that is known for it: %s',
    async (columnas) => {
      const written = Object.fromEntries(
        [...columnas.matchAll(/"?([^{,"]+?)"?: ([\w-]+)/g)].map(([, key = '', value]) => [key.trim(), value]),
      );
      expect(await load(columnas)).toEqual(written);
    },
  );

  it.each([
    ['{ escalaNotas: 1 a 7 }', '«fuentes[0].columnas.escalaNotas» debe ser «1-7», «10-70»'],
    ['{ escalaNota: 1-7 }', 'clave desconocida «escalaNota»; ¿quiso escribir «escalaNotas»?'],
    ['{ notaModulo: minutos }', '«fuentes[0].columnas.notaModulo» debe ser «1-7», «10-70»'],
    ['{ moduloTiempoConectividad: 0-1 }', 'debe ser «milisegundos», «segundos»'],
    ['{ porcentajeAvance: 1-7 }', 'debe ser «0-1» o «0-100»'],
    ['{ fechaInicio: dias }', 'clave desconocida «fechaInicio»; aquí se conocen: separadorDecimal'],
    [
      '{ notaModulos: 1-7 }',
      'también vale el nombre de una columna de notas, avance o tiempo, como «notaModulo»',
    ],
    ['[]', 'debe ser un grupo de claves'],
  ])('%s is refused, with its key and what may stand there', async (columnas, message) => {
    expect(await told(columnas)).toContain(message);
  });

  it('is written down as a message shows it, and the question is settled', async () => {
    const header =
      'codigoOferta;codigoGrupo;rutAlumno;tiempoConectividad;% Avance;fechaInicio;fechaFin;codigoModulo;moduloTiempoConectividad;moduloPorcentajeAvance;moduloFechaInicio;moduloFechaFin';
    const row = 'OF-1;GR-1;12345678-5;7200;0,5;2026-10-05;2026-12-18;M-1;3600;40;2026-10-05;2026-11-06';
    const contenido = new TextEncoder().encode(`${header}\n${row}\n`);
    const held = async (columnas: Awaited<ReturnType<typeof load>> = {}) => {
      const source = archivoSource({ name: 'p', ruta: 'a.csv', contenido, columnas });
      const { courses } = await source.read({ at: new Date(0) });
      return courses.flatMap(({ students }) => students.flatMap((student) => student.held));
    };
    const [question] = await held();
    const shown = /«columnas: (\{.*?\})»/.exec(question?.fix ?? '')?.[1] ?? '';
    expect(shown).toBe('{ "% Avance": 0-1 }');
    expect(await held(await load(shown))).toEqual([]);
  });
});
