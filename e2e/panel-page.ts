import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

export const ADMIN = { usuario: 'Rosa Cáceres', clave: 'una frase que solo yo sé' };

/** Where people sit before the panel: every page that a test opens, and whatever its browser complains of. */
export class Desk {
  readonly #browser: Browser;
  readonly #url: () => string;
  #state: Awaited<ReturnType<BrowserContext['storageState']>> | undefined;
  #contexts: BrowserContext[] = [];
  #complaints: string[] = [];

  constructor(browser: Browser, url: () => string) {
    this.#browser = browser;
    this.#url = url;
  }

  /** Makes the administrator's account on the page that a link leads to; pages opened later are hers. */
  async makeAccount(enlace: string): Promise<void> {
    const page = await this.open(enlace, { anonymous: true });
    await page.getByLabel('Usuario').fill(ADMIN.usuario);
    await page.getByLabel('Contraseña', { exact: true }).fill(ADMIN.clave);
    await page.getByLabel('Contraseña, otra vez').fill(ADMIN.clave);
    await page.getByRole('button', { name: 'Crear la cuenta y entrar' }).click();
    await page.getByRole('link', { name: /^Hoy/ }).waitFor();
    this.#state = await page.context().storageState();
  }

  async open(
    path: string,
    { anonymous = false, ...options }: BrowserContextOptions & { anonymous?: boolean } = {},
  ): Promise<Page> {
    const context = await this.#browser.newContext({
      locale: 'es-CL',
      ...(!anonymous && this.#state && { storageState: this.#state }),
      ...options,
    });
    this.#contexts.push(context);
    context.setDefaultTimeout(TIMEOUT_MS);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') this.#complaints.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.#complaints.push(error.message));
    page.on('request', (request) => {
      if (new URL(request.url()).hostname !== '127.0.0.1') this.#complaints.push(request.url());
    });
    await page.goto(new URL(path, this.#url()).href);
    return page;
  }

  /** The browser itself notes on its console that a request was refused; here it was meant to be. */
  forgive(status: number, { often = false } = {}): void {
    const isMeant = (text: string) => text.includes(`status of ${status}`);
    const count = this.#complaints.filter(isMeant).length;
    expect(often ? Math.min(count, 1) : count).toBe(1);
    this.#complaints = this.#complaints.filter((text) => !isMeant(text));
  }

  /** As {@link forgive}, of a line that was cut: it notes every try. */
  forgiveCuts(): void {
    this.#complaints = this.#complaints.filter((text) => !text.includes('net::ERR_'));
  }

  /** Of a panel that starts anew: whoever asks meanwhile is told that it is not there yet. */
  forgiveStart(): void {
    this.#complaints = this.#complaints.filter((text) => !text.includes('status of 503'));
  }

  /** Closes the pages; what is left to complain of fails the test. */
  async clear(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
    this.#contexts = [];
    const told = this.#complaints;
    this.#complaints = [];
    expect(told).toEqual([]);
  }
}

/** Of one step: for hangs, never for speed. */
const TIMEOUT_MS = 90_000;

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}
