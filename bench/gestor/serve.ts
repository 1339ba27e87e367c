import { startGestor, startGestores } from '@puente-sic/gestor';

/** A Gestor in a process of its own: `serve.ts <datos> <procesos>`. It tells its address and, when asked, its memory. */
const [datos = '', procesos = '1'] = process.argv.slice(2);
const settings = { datos, horaPublicacion: null, limits: { porOtec: 1e9, porDireccion: 1e9 } };
const gestor =
  procesos === '1'
    ? await startGestor(settings)
    : await startGestores({ ...settings, procesos: Number(procesos) });
process.send?.({ url: gestor.url });

process.on('message', async (message) => {
  if (message === 'memory') process.send?.({ rss: process.memoryUsage().rss });
  if (message === 'stop') {
    await gestor.close();
    process.disconnect();
  }
});
