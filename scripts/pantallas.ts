import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBrowser } from '../e2e/browser.ts';
import { NEXT_MORNING, openWorld } from '../e2e/panel-world.ts';
import { openFirstDay } from '../e2e/setup-world.ts';

/** Takes the pictures of docs/pantallas/ anew, with the invented people of examples/: `npm run build && npx tsx scripts/pantallas.ts`. */
const CURSO = '/cursos/77124930-2/CAP-26-01-13-0446-1/CAP-26-01-13-0446-1';
const SCREENS = [
  { name: 'hoy', path: '/', shows: 'Cada alumno se cuenta una vez por curso' },
  { name: 'por-corregir', path: '/por-corregir', shows: 'Qué dijo SENCE' },
  { name: 'envios', path: '/envios', shows: 'Noche del' },
  { name: 'curso', path: CURSO, shows: 'Cómo va el grupo' },
  { name: 'conciliacion', path: '/conciliacion', shows: 'Comparar ahora' },
  { name: 'evidencia', path: '/evidencia', shows: 'Por curso' },
  { name: 'ajustes', path: '/ajustes', shows: 'Agregar una OTEC' },
];
const DATA = fileURLToPath(new URL('../examples/otec-demo', import.meta.url));
const folder = fileURLToPath(new URL('../docs/pantallas', import.meta.url));
const world = await openWorld();
const browser = await startBrowser();
try {
  await mkdir(folder, { recursive: true });
  const page = await browser.newPage({ locale: 'es-CL', viewport: { width: 1180, height: 780 } });
  const shoot = (name: string) => page.screenshot({ path: join(folder, `${name}.png`) });
  /** Half a day later her session has ended, or will. */
  const enter = async () => {
    await page.context().clearCookies();
    await page.goto(world.panel.url);
    await page.getByLabel('Usuario').fill('Rosa Cáceres');
    await page.getByLabel('Contraseña').fill('una frase que solo yo sé');
    await page.getByRole('button', { name: 'Entrar' }).click();
    await page.getByRole('link', { name: /^Hoy/ }).waitFor();
  };
  await page.goto(await world.enlace());
  await page.getByRole('button', { name: 'Crear la cuenta y entrar' }).waitFor();
  await shoot('primer-uso');
  await page.getByLabel('Usuario').fill('Rosa Cáceres');
  await page.getByLabel('Contraseña', { exact: true }).fill('una frase que solo yo sé');
  await page.getByLabel('Contraseña, otra vez').fill('una frase que solo yo sé');
  await page.getByRole('button', { name: 'Crear la cuenta y entrar' }).click();
  await page.getByRole('link', { name: /^Hoy/ }).waitFor();
  for (const { name, path, shows } of SCREENS) {
    await page.goto(new URL(path, world.panel.url).href);
    await page.getByText(shows).first().waitFor();
    if (name === 'conciliacion') {
      await page.getByRole('button', { name: 'Comparar ahora' }).click();
      await page.getByText('en los tres lados').waitFor();
    }
    await shoot(name);
  }
  await page.goto(new URL(CURSO, world.panel.url).href);
  await page.getByRole('link', { name: 'Benjamín Lincopán Órdenes' }).click();
  await page.getByRole('heading', { name: 'De dónde sale cada cifra' }).waitFor();
  await shoot('alumno');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(new URL('/por-corregir', world.panel.url).href);
  await page.getByText('Qué dijo SENCE').first().waitFor();
  await shoot('telefono-por-corregir');

  await page.setViewportSize({ width: 1180, height: 780 });
  await page.emulateMedia({ colorScheme: 'light' });
  // What goes out waits on the line while its picture is taken; then SENCE refuses the token.
  world.line.hold();
  const night = world.service(new Date('2026-11-23T22:00:00-03:00'), (told) =>
    told.some(({ kind }) => kind === 'retry'),
  );
  await enter();
  await page.getByText('Noche en marcha', { exact: true }).waitFor();
  await shoot('noche-en-vivo');
  await world.fault({ falla: 'codigo-001', veces: 100 });
  world.line.open();
  await night;
  await world.service(new Date('2026-11-24T00:01:00-03:00'), (told) =>
    told.some(({ kind }) => kind === 'lost'),
  );
  world.setClock(new Date('2026-11-24T12:05:00-03:00'));
  await enter();
  await page.getByText(/^Sale sola a las/).waitFor();
  await shoot('noche-perdida');
  await firstDay();
} finally {
  await browser.close();
  await world.close();
}

/** The guided set-up, from its first step to what would be sent. */
async function firstDay(): Promise<void> {
  const day = await openFirstDay(NEXT_MORNING);
  const page = await browser.newPage({ locale: 'es-CL', viewport: { width: 1180, height: 780 } });
  const shoot = (name: string) => page.screenshot({ path: join(folder, `puesta-en-marcha-${name}.png`) });
  const next = () => page.getByRole('button', { name: 'Guardar y seguir' }).click();
  try {
    await page.goto(day.enlace);
    await page.getByLabel('Usuario').fill('Rosa Cáceres');
    await page.getByLabel('Contraseña', { exact: true }).fill('una frase que solo yo sé');
    await page.getByLabel('Contraseña, otra vez').fill('una frase que solo yo sé');
    await page.getByRole('button', { name: 'Crear la cuenta y entrar' }).click();
    await page.getByLabel('RUT de la OTEC').fill('77.124.930-2');
    await page.getByLabel('Nombre (opcional)').fill('Capacitación del Sur');
    await page.getByLabel('Token').fill('7C0A4E52-91B3-4D6F-8E27-5A1F0B9C3D48');
    await page.getByText('Voy a ensayar con otro Gestor Intermedio').click();
    await page.getByLabel('Dirección del Gestor Intermedio').fill(day.gestor.url);
    await page.getByRole('button', { name: 'Probar la conexión' }).click();
    await page.getByText('acepta el token').waitFor();
    await shoot('otec');
    await next();
    const names = await readdir(DATA);
    const files = names.map((name) => join(DATA, name));
    await page.getByLabel('Elegir los archivos de avance').setInputFiles(files);
    await page.getByText('Se puede leer').waitFor();
    await shoot('fuente');
    await next();
    await page.getByText('Elegir los cursos, y corregir sus códigos').click();
    await page.getByText(/^Códigos de Atención/).click();
    await shoot('cursos');
    await page.getByText('Informar todos los cursos que traigan los archivos').click();
    await next();
    await page.getByText('Se enviarían').first().waitFor();
    await shoot('primer-envio');
  } finally {
    await page.close();
    await day.close();
  }
}
