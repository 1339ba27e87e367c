import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportPerson, type Ledger, openLedger, overview, studentHistory } from '@puente-sic/engine';
import { type Bench, median, printTable } from '../bench.ts';
import { COURSE, fill, NOW, OTEC, RUT } from './fill.ts';

/** Looks of a millisecond need many. */
const ROUNDS = 31;

/** What people look at while a night is sent: it must not grow with the nights that are behind. */
export const ledgerBench: Bench = {
  name: 'registro',
  about: 'Hoy with 300 courses, and one student, as nights pile up; CPU of one look',
  async run() {
    const hoy = (ledger: Ledger) => overview(ledger, { otec: OTEC }, NOW);
    const alumno = (ledger: Ledger) => studentHistory(ledger, { ...COURSE, rut: RUT });
    printTable([
      ['', 'few', 'many', 'ratio', 'budget'],
      await compare('Hoy, 300 courses: 1 night, 60 nights', [300, 1], [300, 60], '1.5 ×', hoy),
      await compare('a student: 7 nights, 365 nights', [1, 7], [1, 365], '2.0 ×', alumno),
      await compare('export of a person: 7 nights, 365', [1, 7], [1, 365], '', (ledger) =>
        exportPerson(ledger, RUT),
      ),
    ]);
  },
};

type Size = [courses: number, nights: number];

async function compare(
  name: string,
  few: Size,
  many: Size,
  budget: string,
  look: (ledger: Ledger) => Promise<unknown>,
): Promise<string[]> {
  const [one, other] = await costs([few, many], look);
  return [name, ms(one), ms(other), `${(other / one).toFixed(2)} ×`, budget];
}

/** CPU of one look, ms: the median of some, after a first one; by turns, so that a slow moment meets both. */
async function costs(
  sizes: [few: Size, many: Size],
  look: (ledger: Ledger) => Promise<unknown>,
): Promise<[few: number, many: number]> {
  const folders = sizes.map(() => mkdtempSync(join(tmpdir(), 'puente-registro-')));
  const ledgers = await Promise.all(folders.map((datos) => openLedger(datos)));
  const spent: [number[], number[]] = [[], []];
  try {
    for (const [at, ledger] of ledgers.entries()) {
      const [courses, nights] = sizes[at] as Size;
      await fill(ledger, { courses, nights });
      await look(ledger);
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const [at, ledger] of ledgers.entries()) {
        const before = process.cpuUsage();
        await look(ledger);
        const { user, system } = process.cpuUsage(before);
        spent[at]?.push((user + system) / 1000);
      }
    }
    return [median(spent[0]), median(spent[1])];
  } finally {
    for (const ledger of ledgers) await ledger.close();
    for (const datos of folders) rmSync(datos, { recursive: true });
  }
}

function ms(figure: number): string {
  return `${figure.toFixed(1)} ms`;
}
