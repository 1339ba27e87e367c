import { startGestor } from '@puente-sic/gestor';

/** A Gestor in a process of its own: `serve.ts <datos>`. It tells its address and, when asked, its memory. */
const gestor = await startGestor({
  datos: process.argv[2] ?? '',
  horaPublicacion: null,
  limits: { porOtec: Number.POSITIVE_INFINITY, porDireccion: Number.POSITIVE_INFINITY },
});
process.send?.({ url: gestor.url });

process.on('message', async (message) => {
  if (message === 'memory') process.send?.({ rss: process.memoryUsage().rss });
  if (message === 'stop') {
    await gestor.close();
    process.disconnect();
  }
});
