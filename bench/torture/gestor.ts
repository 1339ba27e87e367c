import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGestor } from '@puente-sic/gestor';
import { FIRST_NIGHT, registry } from './world.ts';

/** The real Gestor on the engine's simulated clock, as a process that may be killed anywhere. argv: folder, port. */
const [folder = '', port = '0'] = process.argv.slice(2);
const clockFile = join(folder, 'reloj');
const clock = () => new Date(existsSync(clockFile) ? readFileSync(clockFile, 'utf8') : FIRST_NIGHT);
const gestor = await startGestor({
  datos: join(folder, 'gestor'),
  registro: registry(),
  port: Number(port),
  clock,
  // Its clock stands still while the engine's does: calls of many minutes would count as one second's.
  limits: { porOtec: 100_000, porDireccion: 100_000 },
});
console.log(gestor.port);
