import { caller } from './caller.ts';
import { ALUMNOS, envio, MODULOS } from './nation.ts';

/**
 * Others who send as much as a call may hold, again and again until told to stop: `heavy.ts <url> <kind> <curso>`.
 * `strangers`: four callers, 15 MB, a token that is not good. `giants`: the course's own provider, two calls at once of
 * 20,000 records.
 */
const [url = '', kind = 'strangers', curso = '0'] = process.argv.slice(2);
const CALLERS = kind === 'strangers' ? 4 : 2;
const TIMES = kind === 'strangers' ? 166 : Math.floor(20_000 / (ALUMNOS * MODULOS));
const EXPECTED = kind === 'strangers' ? /Token invalido/ : /^\{"id_proceso"/;

const { post, end } = caller(url, CALLERS);
let isOver = false;
let answered = 0;
process.on('message', () => {
  isOver = true;
});

function bodyOf(): Buffer {
  const one = envio(Number(curso), 1);
  const known =
    kind === 'giants'
      ? one
      : one.replace(/"token":"[^"]+"/, '"token":"FFFFFFFF-0000-4000-8000-000000000000"');
  const [from, to] = [known.indexOf('[') + 1, known.lastIndexOf(']')];
  const alumnos = known.slice(from, to);
  return Buffer.from(`${known.slice(0, from)}${Array(TIMES).fill(alumnos).join(',')}${known.slice(to)}`);
}

const body = bodyOf();
async function call(): Promise<void> {
  while (!isOver) {
    const answer = await post(body);
    if (!EXPECTED.test(answer)) throw new Error(`not as expected: ${answer}`);
    answered += 1;
  }
}

process.send?.({ megabytes: body.length / 1024 / 1024 });
await Promise.all(Array.from({ length: CALLERS }, call));
process.send?.({ answered });
process.disconnect();
end();
