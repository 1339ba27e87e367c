import { judge } from '../packages/sources/test/archivo/habits/judge.ts';
import { sheetOf } from '../packages/sources/test/archivo/habits/sheet.ts';
import { read } from '../packages/sources/test/archivo/reading.ts';

/** Reads many sheets of people's habits: `npm run test:planillas -- 10000 0` (how many, from which number on). */
const [many = 10_000, from = 0] = process.argv.slice(2).map(Number);

let [values, held, wrong] = [0, 0, 0];
for (let seed = from; seed < from + many; seed++) {
  const { bytes, file, meant, columnas, known } = sheetOf(seed);
  const verdict = judge(await read(bytes, file, {}, columnas), meant, known);
  values += verdict.read;
  held += verdict.held;
  if (verdict.wrong.length === 0) continue;
  wrong++;
  console.error(`sheet ${seed} (${file}): ${verdict.wrong.join('; ')}`);
}
console.log(
  `${many} sheets from number ${from} on: ${values} values read as meant, ${held} records told and held back, ${wrong} sheets wrong`,
);
process.exitCode = wrong === 0 ? 0 : 1;
