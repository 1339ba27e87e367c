// Several processes of a Gestor, from dist/. Settings come as JSON in the argument.
import cluster from 'node:cluster';
import { startGestores } from '../../dist/index.js';

const gestor = await startGestores({ ...JSON.parse(process.argv[2]), horaPublicacion: null });
process.send({ url: gestor.url, port: gestor.port });
process.on('message', () => {
  const workers = Object.values(cluster.workers).filter((worker) => worker.isConnected());
  process.send(workers.map((worker) => worker.process.pid));
});
process.on('SIGTERM', async () => {
  await gestor.close();
  process.exit(0);
});
