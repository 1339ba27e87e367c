import { archivoSource } from '@puente-sic/sources';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { EvidenceRecord } from '../src/evidence/records.ts';
import { workbook } from '../src/evidence/workbook.ts';

const NOW = new Date('2026-11-22T22:30:00-03:00');
const record = (codigoModulo: string, motivo = ''): EvidenceRecord => ({
  ...{ noche: '2026-11-22', enviado: '2026-11-22T22:30:00-03:00', codigoEnvio: 'P-1', idProceso: null },
  ...{ rut: '15000000-8', codigoModulo, porcentajeAvance: 45.5, tiempoConectividad: 3600, estado: 1 },
  ...{ resultado: 'aceptado', motivo },
});

async function made(records: EvidenceRecord[][], rowsPerSheet?: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const some = (async function* () {
    yield* records;
  })();
  for await (const piece of workbook(some, NOW, rowsPerSheet)) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('text stays text and numbers numbers, whatever a reason holds', async () => {
  const files = unzipSync(await made([[record('M1', '=1+1 <"&\u0000\ud800> señal 😀')], [record('M2')]]));
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  expect(sheet).toContain('<is><t xml:space="preserve">=1+1 &#60;"&#38;\ufffd\ufffd&#62; señal 😀</t></is>');
  expect(sheet).toContain('<v>45.5</v>');
  expect(sheet.match(/<row /g)).toHaveLength(3);
});

test('more rows than a sheet takes go on in the next one, each with its headings', async () => {
  const files = unzipSync(await made([[record('M1'), record('M2'), record('M3')]], 3));
  const rows = (name: string) => strFromU8(files[name] ?? new Uint8Array()).match(/<row /g)?.length;
  expect([rows('xl/worksheets/sheet1.xml'), rows('xl/worksheets/sheet2.xml')]).toEqual([3, 2]);
  expect(strFromU8(files['xl/workbook.xml'] ?? new Uint8Array())).toContain('name="Historial 2"');
});

test('no record at all is a sheet with its headings', async () => {
  const files = unzipSync(await made([]));
  expect(strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array()).match(/<row /g)).toHaveLength(1);
});

test('a reader of workbooks opens it', async () => {
  const source = archivoSource({
    name: 'x',
    ruta: 'historial.xlsx',
    contenido: await made([[record('M1')]]),
  });
  const { findings } = await source.read({ at: NOW });
  // It is a workbook of ours, not of a course: what is missed is columns, never the file.
  expect(JSON.stringify(findings)).toMatch(/columna/);
  await source.close();
});
