import { caller } from './caller.ts';
import { envio } from './nation.ts';

/** Sends courses over keep-alive connections: `load.ts <url> <from> <to> <porcentaje> <connections>`. */
const [url = '', from = '0', to = '0', porcentaje = '0', connections = '16'] = process.argv.slice(2);
const { post, end } = caller(url, Number(connections));
let next = Number(from);

async function sendCourses(): Promise<void> {
  while (next < Number(to)) {
    const answer = await post(Buffer.from(envio(next++, Number(porcentaje))));
    if (!/^\{"id_proceso":\d+,"envio"/.test(answer)) throw new Error(`not all accepted: ${answer}`);
  }
}

const start = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, sendCourses));
process.send?.({ seconds: (performance.now() - start) / 1000 });
process.disconnect();
end();
