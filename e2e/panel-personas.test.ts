import { readFile } from 'node:fs/promises';
import { Secret, TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from './browser.ts';
import { ADMIN, Desk, expectAccessible } from './panel-page.ts';
import { NEXT_MORNING, openWorld, type World } from './panel-world.ts';

const BERTA = { usuario: 'Berta Soto', clave: 'otra frase que sólo sé yo' };
const LATER = new Date(NEXT_MORNING.getTime() + 60_000);
/** Antonia, of examples/otec-demo. */
const RUT = '8603864-1';

describe.skipIf(CHROMIUM === null)('whose data it is', () => {
  let world: World;
  let browser: Browser;
  let desk: Desk;
  beforeAll(async () => {
    [world, browser] = await Promise.all([openWorld(), startBrowser()]);
    desk = new Desk(browser, () => world.panel.url);
    await desk.makeAccount(await world.enlace());
  });
  afterEach(() => desk.clear());
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const enterAs = async ({ usuario, clave }: typeof BERTA, path: string) => {
    const page = await desk.open(path, { anonymous: true });
    await page.getByLabel('Usuario').fill(usuario);
    await page.getByLabel('Contraseña').fill(clave);
    await page.getByRole('button', { name: 'Entrar' }).click();
    return page;
  };

  test('a person’s data is handed over; Rosa asks for the erasure, Berta holds it, lets it go and confirms', async () => {
    const page = await desk.open('/ajustes/personas');
    await page.getByRole('button', { name: 'Agregar una persona' }).click();
    await page.getByLabel('Usuario', { exact: true }).fill(BERTA.usuario);
    await page.getByLabel('Contraseña', { exact: true }).fill(BERTA.clave);
    await page.getByRole('dialog').getByLabel('Qué puede hacer').selectOption('administrador');
    await page.getByRole('button', { name: 'Agregar', exact: true }).click();
    await page.getByRole('row', { name: /Berta Soto/ }).waitFor();
    world.setClock(LATER);

    await page.getByRole('link', { name: 'Datos de personas' }).click();
    await page.getByLabel('RUT de quien pide sus datos').fill(RUT);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Descargar sus datos' }).click();
    const given = JSON.parse(await readFile((await (await download).path()) ?? '', 'utf8'));
    expect(given).toMatchObject({ rut: RUT, envios: expect.arrayContaining([{ ...given.envios[0] }]) });

    await page.getByLabel('RUT de quien pide el borrado').fill(RUT);
    await page.getByLabel('Por qué').fill('Lo pidió por carta, con su carné');
    await page.getByRole('button', { name: 'Pedir el borrado' }).click();
    const pedido = page.getByRole('region', { name: 'Datos de personas' }).getByRole('article');
    await pedido.getByText('Puede que falte liquidar').waitFor();
    await pedido.getByText('Usted no puede confirmarlo').waitFor();
    expect(await pedido.getByRole('button', { name: 'Confirmar y borrar' }).count()).toBe(0);
    await expectAccessible(page);

    const other = await enterAs(BERTA, '/ajustes/datos');
    await other.getByRole('button', { name: 'Retener' }).click();
    await other.getByLabel('Por qué se retiene').fill('El curso no está liquidado');
    await other.getByRole('dialog').getByRole('button', { name: 'Retener' }).click();
    await other.getByText('Retenido por Berta Soto').waitFor();
    await other.getByRole('button', { name: 'Soltar' }).click();
    await other.getByRole('button', { name: 'Confirmar y borrar' }).click();
    const sure = other.getByRole('dialog').getByRole('button', { name: 'Confirmar y borrar' });
    expect(await sure.isDisabled()).toBe(true);
    await other.getByLabel(/ya están liquidados/).check();
    await expectAccessible(other);
    await sure.click();
    await other.getByText(/^Borrado: \d+ envíos?, \d+ avances aceptados/).waitFor();
    await other.getByText('No hay ninguno por confirmar.').waitFor();
    await other.getByText(/planillas · .*, fila \d+/).waitFor();
    await expectAccessible(other);
  });

  test('a second step is put with the telephone, asked for at the door, and taken away', async () => {
    world.setClock(LATER);
    const page = await desk.open('/ajustes/personas');
    await page.getByRole('button', { name: 'Poner un segundo paso' }).click();
    const secreto = ((await page.locator('dialog code').textContent()) ?? '').replaceAll(' ', '');
    await page.getByRole('img', { name: 'Código para el teléfono' }).waitFor();
    await expectAccessible(page);
    const codeAt = (away: number) =>
      new TOTP({ secret: Secret.fromBase32(secreto) }).generate({
        timestamp: LATER.getTime() + away * 30_000,
      });
    await page.getByLabel('Código de la aplicación').fill(codeAt(0));
    await page.getByLabel('Su contraseña').fill(ADMIN.clave);
    await page.getByRole('button', { name: 'Poner el segundo paso' }).click();
    await page.getByText('Su cuenta pide un código').waitFor();

    const door = await enterAs(ADMIN, '/');
    await door.getByLabel('Código de su teléfono').fill(codeAt(1));
    await expectAccessible(door);
    await door.getByRole('button', { name: 'Entrar' }).click();
    await door.getByRole('link', { name: 'Hoy', exact: true }).first().waitFor();
    desk.forgive(401);

    await page.getByRole('button', { name: 'Quitar el segundo paso' }).click();
    await page.getByLabel('Su contraseña').fill(ADMIN.clave);
    await page.getByRole('dialog').getByRole('button', { name: 'Quitar' }).click();
    await page.getByText('Su cuenta entra solo con la contraseña').waitFor();
  });
});
