import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type RegistryFile, startGestor } from '@puente-sic/gestor';
import { checkDigit } from '@puente-sic/protocol';
import { type Bench, printTable } from '../bench.ts';
import { COURSES, MODULES, OTEC, STUDENTS } from './size.ts';

export const engineBench: Bench = {
  name: 'motor',
  about: `${COURSES} courses × ${STUDENTS} students × ${MODULES} modules from source to settled, beside posting the same bodies`,
  async run() {
    const engine = await night('engine');
    const floor = await night('floor');
    const row = (name: string, { seconds, memory }: Measured) => [
      name,
      `${seconds.toFixed(2)} s`,
      `${(seconds / floor.seconds).toFixed(2)} ×`,
      `${Math.round(memory / 1024 / 1024)} MB`,
    ];
    printTable([
      ['', 'time', 'of the floor', 'peak memory'],
      row('serialise and post', floor),
      row('the engine', engine),
    ]);
  },
};

interface Measured {
  seconds: number;
  /** Bytes. */
  memory: number;
}

/** A fresh Gestor here, the night in a process of its own. */
async function night(what: 'engine' | 'floor'): Promise<Measured> {
  const datos = mkdtempSync(join(tmpdir(), 'puente-motor-'));
  const gestor = await startGestor({ datos, registro: registry() });
  try {
    const script = fileURLToPath(new URL('night.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--import',
      'tsx',
      script,
      gestor.url,
      what,
    ]);
    return JSON.parse(stdout);
  } finally {
    await gestor.close();
    rmSync(datos, { recursive: true });
  }
}

function registry(): RegistryFile {
  const modulos = Array.from({ length: MODULES }, (_, at) => ({
    codigoModulo: `MEDIDA-M${at}`,
    nombre: `Módulo ${at}`,
  }));
  const alumnos = Array.from({ length: STUDENTS }, (_, at) => ({
    rut: `${15_000_000 + at}-${checkDigit(15_000_000 + at)}`,
    nombre: 'Persona',
  }));
  return {
    otecs: [{ rut: OTEC.rut, nombre: 'Medida', token: OTEC.token }],
    cursos: Array.from({ length: COURSES }, (_, at) => ({
      ...{ codigoOferta: `MEDIDA-${at}`, codigoGrupo: `MEDIDA-${at}`, rutOtec: OTEC.rut, nombre: 'Medida' },
      ...{ modulos, alumnos },
    })),
  };
}
