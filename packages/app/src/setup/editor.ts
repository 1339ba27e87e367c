import { type Ledger, removeSecret, saveSecret } from '@puente-sic/engine';
import type { Document } from 'yaml';
import { edited, settingsText, whyReadOnly, writeSettings } from '../config/edit.ts';
import { type Loaded, readSettings } from '../config/load.ts';
import { ensureKey, type Pending, variableName } from '../config/secrets.ts';
import { DEFAULT_CONFIG, type Settings } from '../config/settings.ts';
import { variable, variablesIn } from '../config/yaml.ts';
import { Failure } from '../failure.ts';
import type { Host } from '../host.ts';
import type { PlaceOptions } from '../options.ts';
import { type Generation, openGeneration } from '../serve/generation.ts';

/** What the panel's set-up works on. */
export interface SetupPlace {
  host: Host;
  options: PlaceOptions;
  ledger: Ledger;
  /** Puts others in their place. */
  takeOver(next: Generation): void;
}

/** A change being made to puente.yaml. */
export interface Editing {
  doc: Document;
  /** What the file says before it. */
  before: Settings;
  /** Keeps a secret and gives what stands for it in the file, `${NAME}`; the name is told from others by a number. */
  secret(base: string, value: string): string;
  /** Keeps a secret that the file does not name. */
  keep(name: string, value: string): void;
  /** Forgets one when the change is made. */
  forget(name: string): void;
}

type Change = (editing: Editing) => void;

/**
 * Changes puente.yaml one change after the other, each whole or not at all: it is tried on a copy, and only what would
 * work is written and put in force. Secrets are kept encrypted in the state folder.
 */
export class SettingsEditor {
  readonly #place: SetupPlace;
  #last: Promise<unknown> = Promise.resolve();

  constructor(place: SetupPlace) {
    this.#place = place;
  }

  /** What the file says now. */
  async read(): Promise<Loaded> {
    return this.#parse(await settingsText(this.#place.options.config), new Map());
  }

  change(change: Change): Promise<void> {
    const done = this.#last.then(() => this.#change(change));
    this.#last = done.catch(() => {});
    return done;
  }

  /** What the settings would be after a change; nothing is written or kept. */
  async imagine(change: Change): Promise<Settings> {
    const { text, pending } = await this.#edited(change);
    return (await this.#parse(text, pending)).settings;
  }

  async #change(change: Change): Promise<void> {
    const { host, options, ledger, takeOver } = this.#place;
    const readOnly = await whyReadOnly(options.config);
    if (readOnly !== null) throw new Failure(readOnly.mensaje, readOnly.queHacer);
    const { text, pending, forgotten } = await this.#edited(change);
    const next = await openGeneration(host, options, await this.#parse(text, pending), pending);
    try {
      if (pending.size > 0) {
        const { clave } = await ensureKey({ ...options, env: host.env });
        for (const [name, value] of pending) await saveSecret(ledger, name, value, clave, host.clock());
      }
      await writeSettings(options.config, text);
    } catch (error) {
      await next.close();
      throw error;
    }
    takeOver(next);
    for (const name of forgotten) await removeSecret(ledger, name);
  }

  async #edited(change: Change): Promise<{ text: string; pending: Pending; forgotten: string[] }> {
    const { options, host } = this.#place;
    const former = await settingsText(options.config);
    const { settings: before } = await this.#parse(former, new Map());
    const pending = new Map<string, string>();
    const forgotten: string[] = [];
    const taken = new Set([...variablesIn(former), ...Object.keys(host.env)]);
    const text = edited(former, (doc) =>
      change({
        doc,
        before,
        secret: (base, value) => {
          const name = freeName(base, taken);
          taken.add(name);
          pending.set(variableName(name), value);
          return variable(name);
        },
        keep: (name, value) => pending.set(name, value),
        forget: (name) => forgotten.push(name),
      }),
    );
    const named = new Set(variablesIn(text));
    const unnamed = variablesIn(former).filter((name) => !named.has(name));
    return { text, pending, forgotten: [...forgotten, ...unnamed.map(variableName)] };
  }

  /** In the words of the panel, where nobody sees a file with lines. */
  async #parse(text: string, pending: Pending): Promise<Loaded> {
    const { options, host } = this.#place;
    try {
      return await readSettings(
        text,
        { permitirHttp: [], ...options, needsTokens: false, env: host.env },
        pending,
      );
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const prefix = `${options.config ?? DEFAULT_CONFIG}, línea `;
      const lines = error.message.split('\n').map((line) => line.replace(prefix, 'puente.yaml, línea '));
      throw new Failure(lines.join('\n'), error.fix, error.exitCode, { cause: error });
    }
  }
}

function freeName(base: string, taken: ReadonlySet<string>): string {
  const plain = base
    .normalize('NFD')
    .replace(/[^\w]+/g, '_')
    .toUpperCase();
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? plain : `${plain}_${number}`;
    if (!taken.has(name)) return name;
  }
}
