import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsSchema } from './config/settings.ts';
import type { Host } from './host.ts';
import { openSources } from './sources.ts';

const HOST: Host = {
  env: {},
  stdin: Readable.from([]),
  signal: new AbortController().signal,
  clock: () => new Date(0),
  onNotice() {},
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'puente-sources-'));
  writeFileSync(
    path.join(folder, 'a.csv'),
    'codigoOferta;codigoGrupo;rutAlumno;tiempoConectividad;porcentajeAvance;fechaInicio;fechaFin;codigoModulo;moduloTiempoConectividad;moduloPorcentajeAvance;moduloFechaInicio;moduloFechaFin;notaModulo\n' +
      'OF-1;GR-1;12345678-5;7200;50;2026-10-05;2026-12-18;M-1;3600;40;2026-10-05;2026-11-06;4,0\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file named by hand', () => {
  const markOf = async (ruta: string): Promise<unknown> => {
    const settings = settingsSchema.parse({
      fuentes: [{ nombre: 'p', tipo: 'archivo', ruta, columnas: { notaModulo: '1-7' } }],
      reglas: { exigencia: '60' },
    });
    const [source] = await openSources(HOST, settings, { archivo: path.join(folder, 'a.csv') });
    const reading = await source?.read({ at: new Date(0) });
    return reading?.courses[0]?.students[0]?.alumno.listaModulos?.[0]?.notaModulo;
  };

  it('is read by what was answered of the source that reads it too, or its folder', async () => {
    expect(await markOf(folder)).toBe(60);
    expect(await markOf(path.join(folder, 'a.csv'))).toBe(60);
  });

  it('is asked about where no source reads it', async () => {
    expect(await markOf(path.join(folder, 'otra'))).toBeUndefined();
  });
});
