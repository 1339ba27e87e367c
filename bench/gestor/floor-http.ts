import { createServer } from 'node:http';
import pg from 'pg';
import { insertCurso } from './floor-postgres.ts';
import { cursoRows } from './rows.ts';

/**
 * The least that a service over HTTP can do, in a process of its own: reads each body, parses it, and writes rows that
 * were made before it began. `floor-http.ts <datos> <from> <to> <porcentaje>`; it tells its address.
 */
const [datos = '', from = '0', to = '0', porcentaje = '0'] = process.argv.slice(2);
const figure = Number(porcentaje);
const rowsOf = new Map(
  Array.from({ length: Number(to) - Number(from) }, (_, index) =>
    cursoRows(Number(from) + index, figure),
  ).map((rows) => [rows.codigoCurso, rows]),
);
const pool = new pg.Pool({ connectionString: datos, max: 10 });

const server = createServer(async (request, response) => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const envio = JSON.parse(Buffer.concat(pieces).toString('utf8'));
  const rows = rowsOf.get(envio.codigoOferta);
  if (!rows) throw new Error(`no rows for ${envio.codigoOferta}`);
  const client = await pool.connect();
  await insertCurso(client, rows, figure);
  client.release();
  response.end('{"id_proceso":1,"envio":[]}');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  process.send?.({ url: `http://127.0.0.1:${address.port}` });
});
process.on('message', async () => {
  server.closeAllConnections();
  server.close();
  await pool.end();
  process.disconnect();
});
