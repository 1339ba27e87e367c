import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KeptClicks } from '../entidades/clics/store.ts';
import { ClickStore } from '../moodle/dedication/store.ts';
import { type DeliveredOfPerson, deliveredOf, forgetDelivered } from '../push/person.ts';
import { Inbox } from '../push/store.ts';
import { Clicks } from '../rules/clicks.ts';

/** What sources keep of one person in a state folder. */
export interface KeptOfPerson {
  entregas: (DeliveredOfPerson & { archivo: string })[];
  /** Times in a course, by the LMS's own number of it; ISO 8601. */
  clics: { archivo: string; curso: string; momentos: string[] }[];
}

/** What was taken out of the files of a state folder, and what could not be. Names of files, without their folder. */
export interface KeptForgotten {
  archivos: string[];
  /** Clicks of accounts of which no reading has said whose they are: who was erased may be among them. */
  sinPersona: string[];
  /** That could not be opened. */
  ilegibles: string[];
}

/** @param huella of the person, see `huellaOf`. Files that cannot be used are left out: `forgetKept` names them. */
export function keptOfPerson(stateDir: string, huella: string): KeptOfPerson {
  const kept: KeptOfPerson = { entregas: [], clics: [] };
  for (const archivo of filesIn(stateDir)) {
    const file = join(stateDir, archivo);
    if (isInbox(archivo)) {
      const found = opened(
        () => Inbox.at(file),
        (inbox) => deliveredOf(inbox, huella),
      );
      kept.entregas.push(...(found ?? []).map((one) => ({ ...one, archivo })));
    } else if (isClicks(archivo)) {
      const found = opened(
        () => clicksIn(file),
        ({ who }) => who.clicksOf(huella),
      );
      kept.clics.push(
        ...(found ?? []).map(({ course, packed }) => ({ archivo, curso: course, momentos: moments(packed) })),
      );
    }
  }
  return kept;
}

/**
 * Takes people out of what sources keep. What was read of an LMS and waits for the rest of its course is thrown away whole:
 * it is read again.
 */
export function forgetKept(stateDir: string, huellas: ReadonlySet<string>): KeptForgotten {
  const done: KeptForgotten = { archivos: [], sinPersona: [], ilegibles: [] };
  for (const archivo of filesIn(stateDir)) {
    const file = join(stateDir, archivo);
    if (isJournal(archivo)) {
      rmSync(file, { force: true });
      continue;
    }
    const gone = isInbox(archivo)
      ? opened(
          () => Inbox.at(file),
          (inbox) => forgetDelivered(inbox, huellas),
        )
      : opened(
          () => clicksIn(file),
          (store) => {
            if (store.who.hasUnknown()) done.sinPersona.push(archivo);
            return store.forget(huellas);
          },
        );
    if (gone === null) done.ilegibles.push(archivo);
    else if (gone) done.archivos.push(archivo);
  }
  return done;
}

function filesIn(stateDir: string): string[] {
  if (!statSync(stateDir, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(stateDir)
    .filter((name) => isInbox(name) || isClicks(name) || isJournal(name))
    .sort();
}

const isInbox = (name: string): boolean => /^entregas-.*\.sqlite$/.test(name);
const isClicks = (name: string): boolean => /^(moodle|clics)-.*\.sqlite$/.test(name);
const isJournal = (name: string): boolean => /^moodle-ws-.*\.ndjson$/.test(name);

function clicksIn(file: string): ClickStore | KeptClicks {
  return /[\\/]clics-[^\\/]*$/.test(file) ? new KeptClicks(file) : new ClickStore(file);
}

/** Null: it cannot be used. */
function opened<S extends { close(): void }, T>(open: () => S, work: (store: S) => T): T | null {
  let store: S | null = null;
  try {
    store = open();
    return work(store);
  } catch {
    return null;
  } finally {
    store?.close();
  }
}

function moments(packed: Uint8Array): string[] {
  const clicks = Clicks.decode(packed);
  return Array.from({ length: clicks.count }, (_, at) => new Date(clicks.time(at) * 1000).toISOString());
}
