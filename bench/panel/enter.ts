import type { Browser, BrowserContext } from 'playwright-core';
import { VISITOR } from './world.ts';

/** The administrator's session, in a context that every round shares. */
export async function enter(browser: Browser, url: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 800 } });
  // tsx wraps functions in a helper of its own, also those of page.ts, where it is not.
  await context.addInitScript('globalThis.__name = (named) => named;');
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Usuario').fill(VISITOR.usuario);
  await page.getByLabel('Contraseña').fill(VISITOR.clave);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.getByRole('link', { name: /^Hoy/ }).waitFor();
  await page.close();
  return context;
}
