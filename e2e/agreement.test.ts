import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Gestor, startGestor } from '@puente-sic/gestor';
import {
  type Codigo,
  checkDigit,
  type Envio,
  formatRut,
  positionPath,
  readAnswer,
  readRutAlumno,
  validateEnvio,
} from '@puente-sic/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { alumnoOf, damaged } from '../packages/protocol/test/arbitraries.ts';

/** Each run has a course of its own: what an earlier one reported can never be in the way. */
const RUNS = 400;
const RUTS = [19_283_746, 7_654_318, 20_114_472, 18_330_213];
const OTEC = '76918204-7';
const TOKEN = '7D1F0C52-93AE-4B60-8C1D-2F5A9E6B3C01';

/** What only the Gestor can know: tokens, courses, enrolments. */
const ITS_OWN: (Codigo | null)[] = ['001', '003', '010', '011', '012'];

let gestor: Gestor;
const folder = mkdtempSync(join(tmpdir(), 'puente-agreement-'));

beforeAll(async () => {
  gestor = await startGestor({
    datos: folder,
    clock: () => new Date('2026-05-20T23:00:00Z'),
    limits: { porOtec: 10 * RUNS },
    registro: {
      otecs: [{ rut: OTEC, nombre: 'Capacitación Inventada', token: TOKEN, vigente: true }],
      alumnos: [],
      cursos: Array.from({ length: RUNS }, (_, run) => ({
        codigoOferta: 'AC-26',
        codigoGrupo: `G${run}`,
        rutOtec: OTEC,
        nombre: 'Curso inventado',
        fechaInicio: '2026-03-02',
        fechaFin: '2026-12-18',
        modulos: ['M1', 'M2', 'M3', 'M4'].map((codigoModulo) => ({ codigoModulo, nombre: codigoModulo })),
        alumnos: RUTS.map((numero) => ({
          rut: formatRut({ numero, dv: checkDigit(numero) }),
          nombre: 'Alumno',
        })),
      })),
    },
  });
});

afterAll(async () => {
  await gestor.close();
  rmSync(folder, { recursive: true });
});

it('what preflight lets through is accepted, and what it holds back is refused', async () => {
  const students = fc
    .array(fc.constantFrom(...RUTS), { minLength: 1, maxLength: 5 })
    .chain((numbers) => fc.tuple(...numbers.map(alumnoOf)));
  let run = 0;
  await fc.assert(
    fc.asyncProperty(students.chain(damaged), async (listaAlumnos) => {
      const body = JSON.parse(JSON.stringify(envioOf(listaAlumnos, `G${run}`)));
      run += 1;
      const errors = validateEnvio(body).filter(({ severity }) => severity === 'error');
      const answer = await send(body);
      const repeated = (rut: string) => rutsOf(body).filter((own) => own === rut).length > 1;
      expect(answer.records.filter(({ fate, rut }) => fate === 'unknown' && !repeated(rut))).toEqual([]);
      for (const { position, fate, reasons } of answer.records) {
        const path = positionPath(position);
        const student = positionPath([position[0]]);
        const held = errors.some(
          (issue) =>
            issue.scope === 'call' ||
            (issue.scope === 'alumno' && (issue.path === student || issue.path.startsWith(`${student}.`))) ||
            issue.path === path ||
            issue.path.startsWith(`${path}.`),
        );
        if (held) expect(fate, path).not.toBe('accepted');
        else if (fate === 'rejected') {
          expect(reasons.filter(({ code }) => !ITS_OWN.includes(code))).toEqual([]);
        }
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});

function envioOf(
  listaAlumnos: unknown,
  codigoGrupo: string,
): Omit<Envio, 'listaAlumnos'> & { listaAlumnos: unknown } {
  return { rutOtec: OTEC, idSistema: 1350, token: TOKEN, codigoOferta: 'AC-26', codigoGrupo, listaAlumnos };
}

/** Each student's RUT as often as it stands in the body. */
function rutsOf({ listaAlumnos }: { listaAlumnos: unknown }): string[] {
  return Array.isArray(listaAlumnos)
    ? listaAlumnos.map((alumno) => {
        const rut = readRutAlumno(alumno?.rutAlumno, alumno?.dvAlumno);
        return rut ? formatRut(rut) : '';
      })
    : [];
}

async function send(body: unknown) {
  const response = await fetch(`${gestor.url}/avance-sic/enviarAvance`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
  const answer = readAnswer(await response.text(), body);
  if (answer.kind !== 'processed') throw new Error(`not processed: ${JSON.stringify(answer)}`);
  return answer;
}
