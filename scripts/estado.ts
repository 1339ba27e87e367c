import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { runOneNight } from '@puente-sic/app';
import { openDatabase } from '@puente-sic/store';
import { MODULOS, OFERTA, OTEC, openWorld, rutOf } from '@puente-sic/testing';

/**
 * Keeps the state folder that this version leaves, after two nights with an accepted student, one whose progress fell and
 * one whom SENCE does not know; everybody in it is invented. Once for each release, which CI asks for:
 * `npx tsx scripts/estado.ts`, then commit the new folder of packages/engine/test/fixtures.
 */
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const target = fileURLToPath(
  new URL(`../packages/engine/test/fixtures/estado-${process.argv[2] ?? version}`, import.meta.url),
);
const folder = mkdtempSync(join(tmpdir(), 'puente-estado-'));
const datos = join(folder, 'estado');
const world = await openWorld(2);
try {
  writeFileSync(
    join(folder, 'puente.yaml'),
    `gestor: ${world.gestor.url}\notecs:\n  - { rut: ${OTEC.rut}, token: ${OTEC.token} }\nfuentes:\n  - { nombre: planillas, tipo: archivo, ruta: ./avance.csv }\n`,
  );
  await night('2026-11-20T22:10:00-03:00', [40, 60, 50]);
  await night('2026-11-21T22:10:00-03:00', [70, 20, 50]);
  mkdirSync(target, { recursive: true });
  const copy = join(folder, 'copia.sqlite');
  const database = openDatabase(join(datos, 'puente.sqlite'));
  // Part of it may still stand in the file beside it.
  database.exec(`VACUUM INTO '${copy}'`);
  database.close();
  writeFileSync(join(target, 'puente.sqlite.gz'), gzipSync(readFileSync(copy)));
  console.log(target, readdirSync(target).join(', '));
} finally {
  await world.close();
  rmSync(folder, { recursive: true });
}

/** One night with so much progress of each student; SENCE knows the first two. */
async function night(at: string, avances: readonly number[]): Promise<void> {
  const head =
    'codigoOferta;codigoGrupo;rutAlumno;tiempoConectividad;porcentajeAvance;fechaInicio;fechaFin;codigoModulo;moduloTiempoConectividad;moduloPorcentajeAvance;moduloFechaInicio;moduloFechaFin;actividades';
  const dates = '2026-11-01;2026-12-31';
  const lines = avances.flatMap((avance, student) =>
    MODULOS.map(
      (modulo) =>
        `${OFERTA};${OFERTA};${rutOf(student).text};3600;${avance};${dates};${modulo};1800;${avance};${dates};Tarea`,
    ),
  );
  writeFileSync(join(folder, 'avance.csv'), `${[head, ...lines].join('\n')}\n`);
  world.time.now = new Date(at);
  const host = { env: {}, stdin: process.stdin, signal: new AbortController().signal };
  await runOneNight(
    { ...host, clock: () => world.time.now, onNotice: () => {} },
    { config: join(folder, 'puente.yaml'), datos },
    {
      panel: 'http://127.0.0.1:4350',
      onEvent: () => {},
      onUndelivered: () => {},
      onDefect: (error) => {
        throw error;
      },
      // Minutes of the night pass at once.
      pause: async () => {
        world.time.now = new Date(world.time.now.getTime() + 60_000);
        await wait(5);
      },
    },
    0,
  );
}
