import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, GRUPO, MODULOS, OFERTA, OTEC, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';
import { start } from './support/puente.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
  mkdirSync(`${office.folder}/aula`);
  office.write(
    'puente.yaml',
    `otecs: [{ rut: ${OTEC}, token: "\${SENCE_TOKEN}" }]
fuentes: [{ nombre: aula, tipo: entidades, ruta: ./aula }]
cursos: [{ fuente: aula, curso: '9', codigoOferta: ${OFERTA}, codigoGrupo: ${GRUPO}, inicio: 2026-11-01, fin: 2026-12-31 }]
`,
  );
  write('cursos', 'curso;nombre', '9;Bodega');
  write(
    'alumnos',
    'Curso;Usuario;R.U.T.;Nombre;Correo',
    `9;17;${ANA};Ana Soto;x@example.invalid`,
    '9;18;;Sin Rut;',
  );
  write('modulos', 'curso;modulo;codigoModulo', ...MODULOS.map((codigo, at) => `9;m${at};${codigo}`));
  write('actividades', 'curso;modulo;actividad;nombre', '9;m0;a1;Leer', '9;m1;a3;Foro');
  write('avances', 'curso;alumno;actividad;completada', '9;17;a1;sí');
  write('clics', 'curso;alumno;modulo;instante', '9;17;m0;1700000000', '9;17;m0;1700000600');
});
afterEach(() => office.close());

function write(entity: string, ...rows: string[]): void {
  office.write(`aula/${entity}.csv`, rows.join('\n'));
}

test('each column is shown where it was found, and what costs money is told with its way out', async () => {
  const run = await office.run(['fuente', 'revisar']);
  expect(run).toMatchObject({ code: 1, stderr: '' });
  for (const words of [
    '✔ alumnos (alumnos.csv): 2 filas',
    `rut ← «R.U.T.»  ${ANA}`,
    'no se lee: Correo',
    '– porcentajes: no se entrega',
    'Bodega (9): 2 personas, 2 módulos con código, 2 actividades',
    'Deja estudiantes sin informar (1)',
    'no tiene RUT en «alumnos»',
  ])
    expect(run.stdout).toContain(words);
});

test('a column that is missing does not hide the rest, and --json says the same', async () => {
  write('avances', 'curso;alumno;actividad;estado', '9;17;a1;sí');
  write('clics', 'curso;alumno;modulo', '9;17;m0');
  const run = await office.run(['fuente', 'revisar', '--json']);
  expect(run.code).toBe(1);
  const [revision] = JSON.parse(run.stdout).revisiones;
  const troubled = revision.entidades.filter((one: { problema: unknown }) => one.problema !== null);
  expect(troubled).toMatchObject([
    {
      entidad: 'avances',
      sobran: ['estado'],
      problema: { mensaje: expect.stringContaining('«completada»') },
    },
    { entidad: 'clics', problema: { mensaje: expect.stringContaining('«instante»') } },
  ]);
  expect(revision.hallazgos.map(({ peso }: { peso: string }) => peso)).toEqual(['impide', 'impide']);
});

test('what is right is told so', async () => {
  write('alumnos', 'curso;alumno;rut;nombre', `9;17;${ANA};Ana Soto`);
  const run = await office.run(['fuente', 'revisar']);
  expect(run.stdout).toContain('No se encontró nada que corregir');
  expect(run.code).toBe(0);
});

test('a source that is a Moodle has its own', async () => {
  office.write('otro.yaml', `otecs: []\nfuentes: [{ nombre: f, tipo: archivo, ruta: ./x.csv }]\n`);
  const run = await office.run(['fuente', 'revisar', '--config', 'otro.yaml']);
  expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('entidades, sql o push') });
});

test('what a platform delivers is taken while puente serves, previewed and sent', async () => {
  office.write(
    'puente.yaml',
    `gestor: ${office.gestor.url}
otecs: [{ rut: ${OTEC}, token: "\${SENCE_TOKEN}" }]
fuentes: [{ nombre: plataforma, tipo: push }]
cursos: [{ fuente: plataforma, curso: '9', codigoOferta: ${OFERTA}, codigoGrupo: ${GRUPO}, inicio: 2026-11-01, fin: 2026-12-31 }]
`,
  );
  const made = await office.run(['fuente', 'clave', 'lms', '--json']);
  const { clave } = JSON.parse(made.stdout);
  const child = start(['servir', '--puerto', '0'], { cwd: office.folder, env: { SENCE_TOKEN: TOKEN } });
  try {
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', (chunk: Buffer) => {
        said += String(chunk);
        const found = /Panel: (\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
      child.once('exit', () => reject(new Error(said)));
    });
    const deliver = (method: string, path: string, body: unknown) =>
      fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${clave}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).then(({ status }) => status);
    const people = [ANA, ...Array.from({ length: 4 }, () => '')].map((rut, at) => ({ alumno: `${at}`, rut }));
    const course = {
      curso: { nombre: 'Bodega' },
      alumnos: people,
      modulos: MODULOS.map((codigoModulo, at) => ({ modulo: `m${at}`, codigoModulo })),
      actividades: [{ modulo: 'm0', actividad: 'a1', nombre: 'Leer' }],
      avances: [{ alumno: '0', actividad: 'a1', completada: 'sí' }],
    };
    const click = { id: 'c1', curso: '9', alumno: '0', modulo: 'm0', instante: 1_700_000_000 };
    expect(await deliver('PUT', '/v1/cursos/9', course)).toBe(200);
    expect(await deliver('POST', '/v1/clics', [click, { ...click, id: 'c2', instante: 1_700_000_600 }])).toBe(
      200,
    );
    expect(await deliver('PUT', '/v1/cursos/9', { ...course, alumnos: people.slice(0, 1) })).toBe(202);
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  expect(await office.run(['fuente', 'aceptar', '9'])).toMatchObject({ code: 0, stderr: '' });
  const sent = await office.run(['enviar', '--json']);
  expect(JSON.parse(sent.stdout).envios).toMatchObject([{ codigoOferta: OFERTA, resultado: 'aceptado' }]);
}, 300_000);
