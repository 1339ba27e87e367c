import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GestorClient } from '@puente-sic/client';
import { openLedger, preview, type SendRequest, send } from '@puente-sic/engine';
import { type Curso, checkDigit } from '@puente-sic/protocol';
import type { CourseTree, Source } from '@puente-sic/sources';
import { COURSES, MODULES, OTEC, STUDENTS } from './size.ts';

/** One provider's night as a process of its own, so that its memory is its own. argv: the Gestor's URL, what to do. */
const [baseUrl = '', what = 'engine'] = process.argv.slice(2);
const client = new GestorClient({ baseUrl, credenciales: { rutOtec: OTEC.rut, token: OTEC.token } });
const folder = mkdtempSync(join(tmpdir(), 'puente-bench-'));
const ledger = await openLedger(folder);
const clock = () => new Date('2026-11-22T22:30:00-03:00');
const request: SendRequest = {
  ...{ sources: [source()], otecs: [OTEC], ledger, version: 2, at: clock(), clock, clientFor: () => client },
};

const bodies: Curso[] = what === 'floor' ? await bodiesOnly() : [];
const begun = performance.now();
if (what === 'floor') await floor(bodies);
else await engine();
const seconds = (performance.now() - begun) / 1000;
console.log(JSON.stringify({ seconds, memory: process.resourceUsage().maxRSS * 1024 }));
await ledger.close();
rmSync(folder, { recursive: true });

/** From source to settled: read, check, ledger, send, read the answers, ledger. */
async function engine(): Promise<void> {
  const { envios } = await send(request);
  const accepted = envios.reduce((sum, { aceptados }) => sum + aceptados, 0);
  if (accepted !== COURSES * STUDENTS * MODULES) throw new Error(`${accepted} records accepted`);
}

async function bodiesOnly(): Promise<Curso[]> {
  const { cursos } = await preview(request);
  return cursos.flatMap(({ cuerpo }) => {
    if (cuerpo === null) return [];
    const { rutOtec: _rut, idSistema: _id, ...curso } = cuerpo;
    return curso;
  });
}

/** The same bodies serialised and posted, two at once as the engine does, and nothing else. */
async function floor(cursos: readonly Curso[]): Promise<void> {
  const queue = cursos.values();
  const worker = async () => {
    for (const curso of queue) {
      const body = JSON.stringify({ rutOtec: OTEC.rut, idSistema: 1350, token: OTEC.token, ...curso });
      const answer = await fetch(`${baseUrl}/avance-sic/enviarAvance`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body },
      });
      await answer.text();
    }
  };
  await Promise.all([worker(), worker()]);
}

function source(): Source {
  return {
    name: 'aula',
    listCourses: async () => [],
    read: async () => ({
      courses: Array.from({ length: COURSES }, (_, at) => course(at)),
      notGiven: [],
      findings: [],
    }),
    close: async () => {},
  };
}

function course(at: number): CourseTree {
  const codigo = `MEDIDA-${at}`;
  const dates = { fechaInicio: '2026-11-01', fechaFin: '2026-12-31' };
  return {
    ...{ id: codigo, name: codigo, title: codigo, codigoOferta: codigo, codigoGrupo: codigo, findings: [] },
    students: Array.from({ length: STUDENTS }, (_, index) => ({
      alumno: {
        ...{ rutAlumno: 15_000_000 + index, dvAlumno: checkDigit(15_000_000 + index), estado: 1, ...dates },
        ...{ tiempoConectividad: 3600, porcentajeAvance: 50 },
        listaModulos: Array.from({ length: MODULES }, (__, modulo) => ({
          ...{
            codigoModulo: `MEDIDA-M${modulo}`,
            tiempoConectividad: 450,
            porcentajeAvance: 50,
            estado: 1,
            ...dates,
          },
          listaActividades: Array.from({ length: 8 }, (___, activity) => ({
            codigoActividad: `Actividad ${activity}`,
          })),
        })),
      },
      ...{ modulePlaces: [], held: [], findings: [] },
    })),
  };
}
