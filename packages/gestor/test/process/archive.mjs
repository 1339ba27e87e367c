// Archives in a process of its own, from dist/: what the kill test kills. Settings come as JSON in the argument.
import { archiveBefore, openStore } from '../../dist/index.js';

const { datos, now, ...options } = JSON.parse(process.argv[2]);
const store = await openStore(datos);
process.send('open');
await archiveBefore({ ...options, store, clock: () => new Date(now) });
await store.close();
process.disconnect();
