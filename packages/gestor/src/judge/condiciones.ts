import type { Supuestos } from '../supuestos.ts';

/** What judging depends on besides the body and the registry. */
export interface Condiciones {
  /** Santiago's date, `YYYY-MM-DD`: the fechaEjecucion of what leaves it out. */
  hoy: string;
  supuestos: Supuestos;
}
