// A Gestor in a process of its own, from dist/: what the kill tests kill. Settings come as JSON in the argument.
import { startGestor } from '../../dist/index.js';

const { now, ...options } = JSON.parse(process.argv[2]);
const gestor = await startGestor({ ...options, clock: () => new Date(now), horaPublicacion: null });
process.send({ url: gestor.url, port: gestor.port });
process.on('SIGTERM', async () => {
  await gestor.close();
  process.exit(0);
});
