// Writes the demo's data, always the same bytes: `npx tsx examples/generar.ts` after changing anything in generador/.
// Everybody in it is invented.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CSV_COURSE, JSON_COURSE, nights, XLSX_COURSE } from './generador/courses.ts';
import * as csv from './generador/csv.ts';
import * as json from './generador/json.ts';
import { registryFile } from './generador/registry.ts';
import * as xlsx from './generador/xlsx.ts';

const FILES = {
  csv: 'planilla-gestion.csv',
  xlsx: 'atencion-de-publico.xlsx',
  json: 'prevencion-de-riesgos.json',
};

/** Every file of the demo by its path below examples/. */
export async function demoFiles(): Promise<Map<string, Uint8Array>> {
  const ofCsv = nights(CSV_COURSE, 1);
  const ofXlsx = nights(XLSX_COURSE, 2);
  const ofJson = nights(JSON_COURSE, 3);
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const tonight = ofCsv.hoy.flatMap(csv.csvRows);
  return new Map([
    [`otec-demo-ayer/${FILES.csv}`, csv.csvFile(ofCsv.ayer.flatMap(csv.csvRows))],
    [`otec-demo-ayer/${FILES.xlsx}`, await xlsx.xlsxFile(xlsx.lastNight(ofXlsx.ayer))],
    [`otec-demo-ayer/${FILES.json}`, text(json.jsonFile(json.lastNight(ofJson.ayer)))],
    [`otec-demo/${FILES.csv}`, csv.csvFile(csv.withMistakes(tonight))],
    [`otec-demo/${FILES.xlsx}`, await xlsx.xlsxFile(xlsx.withMistakes(ofXlsx.hoy))],
    [`otec-demo/${FILES.json}`, text(json.jsonFile(json.withMistakes(ofJson.hoy)))],
    [`otec-demo-corregido/${FILES.csv}`, csv.csvFile(csv.mended(tonight))],
    [`otec-demo-corregido/${FILES.xlsx}`, await xlsx.xlsxFile(xlsx.mended(ofXlsx.hoy))],
    [`otec-demo-corregido/${FILES.json}`, text(json.jsonFile(json.mended(ofJson.hoy)))],
    [`otec-demo-completo/${FILES.csv}`, csv.csvFile(csv.complete(tonight))],
    [`otec-demo-completo/${FILES.xlsx}`, await xlsx.xlsxFile(xlsx.complete(ofXlsx.hoy))],
    [`otec-demo-completo/${FILES.json}`, text(json.jsonFile(ofJson.hoy.map((progress) => ({ progress }))))],
    ['registro-demo.json', text(registryFile())],
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = dirname(fileURLToPath(import.meta.url));
  for (const [name, bytes] of await demoFiles()) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
}
