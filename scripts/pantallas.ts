import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBrowser } from '../e2e/browser.ts';
import { openWorld } from '../e2e/panel-world.ts';

/** Takes the pictures of docs/pantallas/ anew, with the invented people of examples/: `npm run build && npx tsx scripts/pantallas.ts`. */
const CURSO = '/cursos/77124930-2/CAP-26-01-13-0446-1/CAP-26-01-13-0446-1';
const SCREENS = [
  { name: 'hoy', path: '/', shows: 'Próximo envío' },
  { name: 'por-corregir', path: '/por-corregir', shows: 'Qué hacer:' },
  { name: 'envios', path: '/envios', shows: 'id_proceso' },
  { name: 'curso', path: CURSO, shows: 'Módulo por módulo' },
  { name: 'conciliacion', path: '/conciliacion', shows: 'Comparar ahora' },
  { name: 'evidencia', path: '/evidencia', shows: 'Descargar la evidencia' },
  { name: 'ajustes', path: '/ajustes', shows: 'Claves para otros programas' },
];
const folder = fileURLToPath(new URL('../docs/pantallas', import.meta.url));
const world = await openWorld();
const browser = await startBrowser();
try {
  await mkdir(folder, { recursive: true });
  const page = await browser.newPage({ locale: 'es-CL', viewport: { width: 1180, height: 780 } });
  const shoot = (name: string) => page.screenshot({ path: join(folder, `${name}.png`) });
  await page.goto(world.panel.url);
  await page.getByRole('button', { name: 'Crear la cuenta y entrar' }).waitFor();
  await shoot('primer-uso');
  await page.getByLabel('Usuario').fill('Rosa Cáceres');
  await page.getByLabel('Contraseña', { exact: true }).fill('una frase que sólo yo sé');
  await page.getByLabel('Contraseña, otra vez').fill('una frase que sólo yo sé');
  await page.getByRole('button', { name: 'Crear la cuenta y entrar' }).click();
  await page.getByRole('heading', { level: 1, name: 'Hoy' }).waitFor();
  for (const { name, path, shows } of SCREENS) {
    await page.goto(new URL(path, world.panel.url).href);
    await page.getByText(shows).first().waitFor();
    if (name === 'conciliacion') {
      await page.getByRole('button', { name: 'Comparar ahora' }).click();
      await page.getByText('son iguales en los tres').waitFor();
    }
    await shoot(name);
  }
  await page.goto(new URL(CURSO, world.panel.url).href);
  await page.getByRole('link', { name: 'Antonia Muñoz Curihuinca' }).first().click();
  await page.getByRole('heading', { name: 'De dónde sale cada cifra' }).waitFor();
  await shoot('alumno');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(new URL('/por-corregir', world.panel.url).href);
  await page.getByText('Qué hacer:').first().waitFor();
  await shoot('telefono-por-corregir');
} finally {
  await browser.close();
  await world.close();
}
