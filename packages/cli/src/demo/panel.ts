import { randomInt } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFirstUsuario, makeEnlace, type Service, variable } from '@puente-sic/app';
import { GestorClient } from '@puente-sic/client';
import { openLedger, send } from '@puente-sic/engine';
import { startSandbox } from '@puente-sic/gestor';
import type { Panel } from '@puente-sic/panel';
import { archivoSource } from '@puente-sic/sources';
import { stringify } from 'yaml';
import type { Context } from '../context.ts';
import { openPanelService } from '../service.ts';
import { EXAMPLES, type ExampleOtec, readOtec } from './examples.ts';

/** The panel over the invented provider: two nights behind it, the third about to begin. */
export interface DemoPanel {
  service: Service<Panel>;
  /** Opens it without a password, once. */
  enlace: string;
  usuario: string;
  clave: string;
  /** Where faults are asked for. */
  sandbox: string;
  /** The folder that is read each night. */
  planillas: string;
  /** Takes everything away again. */
  close(): Promise<void>;
}

const NIGHTS = [
  { datos: 'otec-demo-ayer', at: new Date('2026-11-21T22:15:00-03:00') },
  { datos: 'otec-demo', at: new Date('2026-11-22T22:15:00-03:00') },
];
/** When the clock of the demo begins to run; on every day the same. */
const NOW = new Date('2026-11-23T21:58:00-03:00');
/** Nobody wants to wait two hours to see a night. */
const VENTANA = { desde: '22:00', hasta: '22:10' };

/** In a temporary folder, against a sandbox of its own. Nothing leaves this computer. */
export async function openDemoPanel(context: Context, puerto: number | undefined): Promise<DemoPanel> {
  const otec = readOtec();
  const folder = await mkdtemp(path.join(tmpdir(), 'puente-panel-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const planillas = path.join(folder, 'planillas');
  const datos = path.join(folder, 'estado');
  const config = path.join(folder, 'puente.yaml');
  let clock = () => NOW;
  const registro = path.join(EXAMPLES, 'registro-demo.json');
  const gestor = await startSandbox({ datos: path.join(folder, 'gestor'), registro, clock: () => clock() });
  try {
    for (const night of NIGHTS) {
      clock = () => night.at;
      await cp(path.join(EXAMPLES, night.datos), planillas, { recursive: true });
      await sendNight({ otec, gestor: gestor.url, planillas, datos, clock });
    }
    const started = Date.now();
    clock = () => new Date(NOW.getTime() + Date.now() - started);
    await writeFile(config, settingsOf(otec, gestor.url), { mode: 0o600 });
    const { signal, finish, sending } = context;
    const env = { SENCE_TOKEN: otec.token };
    const demo: Context = { ...context, signal, finish, sending, env, clock: () => clock() };
    const account = await createAccount(datos, clock());
    const service = await openPanelService(demo, {
      ...{ config, datos, ejemplos: path.join(EXAMPLES, 'otec-demo-completo') },
      ...(puerto !== undefined && { puerto }),
    });
    const { usuario } = account;
    const { url: enlace } = await makeEnlace({ config, datos, env }, service.panel.url, clock(), usuario);
    const close = () => gestor.close().then(remove);
    return { service, enlace, ...account, sandbox: new URL('/sandbox', gestor.url).href, planillas, close };
  } catch (error) {
    await gestor.close();
    await remove();
    throw error;
  }
}

async function sendNight({
  otec,
  gestor,
  planillas,
  datos,
  clock,
}: {
  otec: ExampleOtec;
  gestor: string;
  planillas: string;
  datos: string;
  clock: () => Date;
}): Promise<void> {
  const ledger = await openLedger(datos);
  const client = new GestorClient({
    baseUrl: gestor,
    credenciales: { rutOtec: otec.rut, token: otec.token },
    clock,
  });
  const sources = [archivoSource({ name: 'planillas', ruta: planillas })];
  const clientFor = () => client;
  try {
    await send({ sources, otecs: [otec], ledger, version: 2, at: clock(), clock, clientFor, concurrency: 1 });
  } finally {
    await ledger.close();
  }
}

function settingsOf({ rut, nombre }: ExampleOtec, gestor: string): string {
  return stringify({
    gestor,
    otecs: [{ rut, nombre, token: variable('SENCE_TOKEN'), ventana: VENTANA }],
    fuentes: [{ nombre: 'planillas', tipo: 'archivo', ruta: './planillas' }],
  });
}

async function createAccount(datos: string, now: Date): Promise<{ usuario: string; clave: string }> {
  const usuario = 'demo';
  const clave = Array.from({ length: 4 }, () => randomInt(1000, 9999)).join('-');
  const ledger = await openLedger(datos);
  try {
    await createFirstUsuario(ledger, 'consola', { usuario, clave }, now);
  } finally {
    await ledger.close();
  }
  return { usuario, clave };
}
