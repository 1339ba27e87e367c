import { median, printTable } from '../bench.ts';
import { runLoad, type Server, startHeavy } from './processes.ts';

const ROUNDS = 3;
const CALLS = 30;

/** The mean call of a good provider, one after the other, while others are at work, beside quiet; by turns. */
export async function neighbours(server: Server, title: string): Promise<void> {
  console.log(`\n${title}: milliseconds of a good provider's mean call, ${CALLS} calls in a row`);
  let porcentaje = 20;
  const mean = async (): Promise<number> => {
    porcentaje += 1;
    return ((await runLoad(server.url, 0, CALLS, porcentaje, 1)) / CALLS) * 1000;
  };
  for (const kind of ['strangers', 'giants'] as const) {
    const ratios: number[] = [];
    const rows: string[][] = [[NAMES[kind], 'quiet', 'beside them', 'ratio', 'their calls']];
    for (let round = 1; round <= ROUNDS; round++) {
      const quiet = await mean();
      const others = await startHeavy(server.url, kind, 200);
      const beside = await mean();
      const answered = await others.stop();
      ratios.push(beside / quiet);
      rows.push([
        `round ${round}`,
        ...[quiet, beside, beside / quiet].map((n) => n.toFixed(1)),
        String(answered),
      ]);
    }
    rows.push(['median', '', '', median(ratios).toFixed(1), '']);
    printTable(rows);
  }
}

const NAMES = {
  strangers: 'four callers of 15 MB without credentials',
  giants: "another's calls of 20,000 records, two at once",
};
