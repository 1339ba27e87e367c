import type { Supuestos } from '../supuestos.ts';

/** What judging depends on besides the body and the registry. */
export interface Condiciones {
  /** Santiago's date, `YYYY-MM-DD`: the fechaEjecucion of what leaves it out. */
  hoy: string;
  /** Santiago's date and time, `YYYY-MM-DD HH:MM:SS`: what such a student's echo may carry. */
  ahora: string;
  supuestos: Supuestos;
}
