import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isValidRut } from '@puente-sic/protocol';
import { describe, expect, it } from 'vitest';
import { demoFiles } from '../../../../examples/generar.ts';
import { archivoSource, type Reading } from '../../src/index.ts';

const examples = fileURLToPath(new URL('../../../../examples/', import.meta.url));

const read = (folder: string): Promise<Reading> =>
  archivoSource({ name: 'demo', ruta: join(examples, folder) }).read({
    at: new Date('2026-11-22T22:30:00-03:00'),
  });

const students = ({ courses }: Reading) => courses.flatMap((course) => course.students);
const records = (reading: Reading): number =>
  students(reading).reduce((sum, { alumno }) => sum + (alumno.listaModulos?.length ?? 0), 0);
const heldModules = (reading: Reading) => students(reading).flatMap((student) => student.heldModules ?? []);

describe('the demo data', () => {
  it('is what its generator writes, and nothing else lies there', async () => {
    const files = await demoFiles();
    const folders = ['otec-demo-ayer', 'otec-demo', 'otec-demo-completo', 'otec-demo-corregido'];
    const there = await Promise.all(
      folders.map(async (folder) =>
        (await readdir(join(examples, folder))).map((name) => `${folder}/${name}`),
      ),
    );
    expect([...there.flat(), 'registro-demo.json'].sort()).toEqual([...files.keys()].sort());
    for (const [name, bytes] of files)
      expect(
        Buffer.compare(await readFile(join(examples, name)), bytes),
        `run examples/generar.ts: ${name}`,
      ).toBe(0);
  });

  it('of last night is good in every row', async () => {
    const ayer = await read('otec-demo-ayer');
    expect(ayer.courses.map((course) => course.students.length)).toEqual([20, 22, 18]);
    expect(records(ayer)).toBe(20 * 2 + 22 * 3 + 18 * 3 - 1);
    expect(ayer.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(students(ayer).flatMap(({ held }) => held)).toEqual([]);
    expect(heldModules(ayer)).toEqual([]);
    for (const { alumno } of students(ayer))
      expect(isValidRut({ numero: Number(alumno.rutAlumno), dv: String(alumno.dvAlumno) })).toBe(true);
  });

  it('of tonight has the mistakes that the file can show, and everybody else', async () => {
    const hoy = await read('otec-demo');
    expect(hoy.courses.map((course) => course.students.length)).toEqual([20, 23, 18]);
    // Its dates are day first, and some of them prove it.
    expect(hoy.findings).toEqual([]);
    expect(heldModules(hoy)).toHaveLength(1);
    const wrong = students(hoy).filter(
      ({ alumno }) => !isValidRut({ numero: Number(alumno.rutAlumno), dv: String(alumno.dvAlumno) }),
    );
    expect(wrong).toHaveLength(1);
    const progress = students(hoy).flatMap(({ alumno }) =>
      alumno.listaModulos?.map((modulo) => modulo.porcentajeAvance),
    );
    expect(progress.filter((value) => typeof value !== 'number')).toEqual(['10O']);
    const activities = students(hoy).flatMap(({ alumno }) =>
      (alumno.listaModulos ?? []).flatMap((modulo) =>
        (modulo.listaActividades ?? []).map((each) => String(each.codigoActividad)),
      ),
    );
    expect(Math.max(...activities.map((text) => [...text].length))).toBe(70);
  });

  it('that is corrected has only what was wrong, without a mistake', async () => {
    const corregido = await read('otec-demo-corregido');
    expect(corregido.courses.map((course) => course.students.length)).toEqual([2, 3, 1]);
    expect(records(corregido)).toBe(1 + 2 + (3 + 1 + 1) + 1);
    expect(heldModules(corregido)).toEqual([]);
    for (const { alumno, held } of students(corregido)) {
      expect(held).toEqual([]);
      expect(isValidRut({ numero: Number(alumno.rutAlumno), dv: String(alumno.dvAlumno) })).toBe(true);
    }
  });

  it('never goes back from last night but in the one module that it is about', async () => {
    const [ayer, hoy] = [await read('otec-demo-ayer'), await read('otec-demo')];
    const before = new Map(
      students(ayer).flatMap(({ alumno }) =>
        (alumno.listaModulos ?? []).map((modulo) => [
          `${alumno.rutAlumno} ${modulo.codigoModulo}`,
          modulo.porcentajeAvance,
        ]),
      ),
    );
    const back = students(hoy).flatMap(({ alumno }) =>
      (alumno.listaModulos ?? []).filter(
        (modulo) =>
          Number(modulo.porcentajeAvance) < Number(before.get(`${alumno.rutAlumno} ${modulo.codigoModulo}`)),
      ),
    );
    expect(back.map(({ porcentajeAvance }) => porcentajeAvance)).toEqual([70]);
  });
});
