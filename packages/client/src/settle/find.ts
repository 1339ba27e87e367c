import type { ProcesoHistorial } from '@puente-sic/protocol';
import { readProcessId, saysTheSame } from './match.ts';
import type { OpenSend, OtherSends } from './storage.ts';

/** How sure it is that a process is a send's; higher is surer. Null: it is another's. */
type Likeness = 3 | 2 | 1 | null;

/** Collects, of the processes shown to it, the one that is a send's own. */
export class OwnProcess {
  readonly #send: OpenSend;
  readonly #known: ReadonlySet<number>;
  readonly #highestBefore: number;
  #best: { proceso: ProcesoHistorial; likeness: 1 | 2 | 3; id: number } | null = null;

  constructor(send: OpenSend, others: OtherSends) {
    this.#send = send;
    this.#known = new Set(others.processes.map(({ idProceso }) => idProceso));
    this.#highestBefore = others.highestBefore ?? -1;
  }

  get found(): ProcesoHistorial | null {
    return this.#best?.proceso ?? null;
  }

  show(proceso: ProcesoHistorial): void {
    const likeness = this.#likeness(proceso);
    if (likeness === null) return;
    const id = readProcessId(proceso) ?? Number.POSITIVE_INFINITY;
    const best = this.#best;
    // Of two that say the same, the earlier one; the later is a later send's.
    if (best === null || likeness > best.likeness || (likeness === best.likeness && id < best.id))
      this.#best = { proceso, likeness, id };
  }

  /**
   * By its number, if an answer gave it; by the codigoEnvio, which services give back in another case, with blanks or
   * cut; where none comes back, by what it says, if it is nobody else's and later than all that was known.
   */
  #likeness(proceso: ProcesoHistorial): Likeness {
    const { codigoEnvio, curso, version, idProceso } = this.#send;
    const id = readProcessId(proceso);
    if (idProceso !== null) return id === idProceso ? 3 : null;
    const code = bare(proceso.codigo_externo ?? '');
    const own = bare(codigoEnvio);
    if (version === 2 && code === own) return 3;
    const isNew = id === null || (!this.#known.has(id) && id > this.#highestBefore);
    if (!isNew) return null;
    if (version === 2 && code.length >= SHORTEST_CUT && own.startsWith(code))
      return own.length - code.length <= FEW || saysTheSame(curso, proceso) ? 2 : null;
    return (code === '' || code === '0') && saysTheSame(curso, proceso) ? 1 : null;
  }
}

/** A codigo_externo cut to fewer characters tells nothing. */
const SHORTEST_CUT = 8;
/** With no more than this many characters lost a code of ours is still nobody else's: 30 of its 60 random bits are left. */
const FEW = 6;

function bare(code: string): string {
  return code.replace(/\s/g, '').toUpperCase();
}
