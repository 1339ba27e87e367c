import { Agent, request } from 'node:http';
import { envio } from './nation.ts';

/** Sends courses over keep-alive connections: `load.ts <url> <from> <to> <porcentaje> <connections>`. */
const [url = '', from = '0', to = '0', porcentaje = '0', connections = '16'] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
let next = Number(from);

function post(body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(
      `${url}/avance-sic/enviarAvance`,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        let start = '';
        response.on('data', (chunk: Buffer) => {
          if (start.length < 100) start += chunk.toString('utf8', 0, 100);
        });
        response.on('end', () => resolve(start));
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

async function sendCourses(): Promise<void> {
  while (next < Number(to)) {
    const answer = await post(envio(next++, Number(porcentaje)));
    if (!/^\{"id_proceso":\d+,"envio"/.test(answer)) throw new Error(`not all accepted: ${answer}`);
  }
}

const start = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, sendCourses));
process.send?.({ seconds: (performance.now() - start) / 1000 });
process.disconnect();
agent.destroy();
