import { setTimeout as wait } from 'node:timers/promises';

/** The account that they share. */
export const VISITOR = { usuario: 'Medida', clave: 'una frase que sólo yo sé' };
const PEOPLE = 3;
const EVERY_MS = 500;

/** People who look at Hoy again and again, as pages do when something happens; until the panel is gone. */
export async function lookAt(url: string, signal: AbortSignal): Promise<void> {
  const { origin } = new URL(url);
  const made = await fetch(`${origin}/api/sesion`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-puente': '1', origin },
    body: JSON.stringify(VISITOR),
  });
  if (!made.ok) throw new Error(`not let in: ${made.status} ${await made.text()}`);
  const cookie = (made.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  await Promise.all(
    Array.from({ length: PEOPLE }, async () => {
      while (!signal.aborted) {
        const seen = await fetch(`${origin}/api/hoy`, { headers: { cookie }, signal }).catch(() => null);
        if (seen === null) return;
        if (!seen.ok) throw new Error(`Hoy: ${seen.status}`);
        await seen.arrayBuffer();
        await wait(EVERY_MS);
      }
    }),
  );
}
