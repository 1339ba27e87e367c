import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Office, openOffice } from '../packages/cli/e2e/support/office.ts';
import { courseLog } from '../packages/sources/test/moodle-ws/log-csv.ts';
import { moodleOf } from '../packages/sources/test/moodle-ws/moodle.ts';
import { moodleServer } from '../packages/sources/test/moodle-ws/server.ts';

const ONE = '76543210-3';
const OTHER = '77654321-7';

let office: Office;
let moodle: Awaited<ReturnType<typeof moodleServer>>;
beforeEach(async () => {
  [office, moodle] = [await openOffice(), await moodleServer(moodleOf())];
  for (const course of [2, 3]) writeFileSync(join(office.folder, `clics-${course}.csv`), courseLog(course));
});
afterEach(async () => {
  await moodle.close();
  await office.close();
});

/** Two providers in one Moodle; the course of each says whose it is. */
function settings(cursos: string[], more = ''): void {
  office.write(
    'puente.yaml',
    `gestor: ${office.gestor.url}
otecs: [{ rut: ${ONE}, token: "\${SENCE_TOKEN}" }, { rut: ${OTHER}, token: "\${SENCE_TOKEN}" }]
fuentes: [{ nombre: aula, tipo: moodle-ws, url: '${moodle.url}', token: f00d, tiempo: { csv: . }${more} }]
cursos: [${cursos.join(', ')}]
`,
  );
}
const course = (curso: string, otec: string, more = '') =>
  `{ fuente: aula, curso: ${curso}, otec: ${otec}${more} }`;
interface Previewed {
  codigoGrupo: string;
  rutOtec: string;
  cuerpo: { rutOtec: string } | null;
}
const preview = async (...args: string[]) => {
  const { stdout, stderr } = await office.run([
    'previsualizar',
    '--json',
    '--al',
    '2026-05-20T22:30:00-04:00',
    ...args,
  ]);
  expect(stderr).toBe('');
  const cursos: Previewed[] = JSON.parse(stdout).cursos;
  return cursos.map(({ codigoGrupo, rutOtec, cuerpo }) => [codigoGrupo, rutOtec, cuerpo?.rutOtec]).sort();
};

test('several providers in one Moodle: each course goes in the name of its own, and of no other', async () => {
  settings([
    course('CAP-30-01', ONE, ', grupo: Sección A'),
    course('CAP-30-01', OTHER, ', grupo: Sección B'),
    course('CAP-30-02', OTHER),
  ]);
  const ofOther = [
    ['CAP-30-02', OTHER, OTHER],
    ['Sección B', OTHER, OTHER],
  ];
  expect(await preview()).toEqual([ofOther[0], ['Sección A', ONE, ONE], ofOther[1]]);
  expect(await preview('--rut-otec', OTHER)).toEqual(ofOther);
});

test('a course of which nobody says whose it is, is sent in nobody’s name', async () => {
  settings([course('CAP-30-01', ONE), '{ fuente: aula, curso: CAP-30-02 }']);
  const { code, stderr } = await office.run(['previsualizar']);
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/cursos.*CAP-30-02|otec/s);
});

test('what a Moodle says of its people stands with it, in puente.yaml', async () => {
  settings([course('CAP-30-01', ONE)], ', camposRut: [pasaporte, username], gruposExentos: [Becados]');
  const { stdout } = await office.run(['moodle', 'revisar', '--json']);
  const [{ hallazgos }] = JSON.parse(stdout).revisiones;
  const told = (hallazgos as { mensaje: string; queHacer: string }[]).map(
    ({ mensaje, queHacer }) => `${mensaje} ${queHacer}`,
  );
  expect(told).toContainEqual(expect.stringContaining('Campo de perfil «pasaporte»'));
  expect(told).toContainEqual(expect.stringContaining('Ningún curso leído tiene un grupo «Becados»'));
});
