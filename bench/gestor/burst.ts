import { setTimeout as pause } from 'node:timers/promises';
import { caller } from './caller.ts';
import { envio } from './nation.ts';

/** Calls at an even pace: `burst.ts <url> <from> <to> <porcentaje> <seconds>`; each one's milliseconds, refused or not. */
const [url = '', ...figures] = process.argv.slice(2);
const [from = 0, to = 0, porcentaje = 0, seconds = 0] = figures.map(Number);
const { post, end } = caller(url, 64);
const bodies = Array.from({ length: to - from }, (_, index) => Buffer.from(envio(from + index, porcentaje)));
const start = performance.now();
const ms = await Promise.all(
  bodies.map(async (body, index) => {
    const due = start + (index * seconds * 1000) / bodies.length;
    await pause(Math.max(0, due - performance.now()));
    const answer = await post(body);
    if (!/^\{"id_proceso":\d+,"envio"/.test(answer)) throw new Error(`refused: ${answer}`);
    return performance.now() - due;
  }),
);
process.send?.({ ms });
process.disconnect();
end();
