import type { Curso } from '@puente-sic/protocol';
import type { FallaPedida } from '../sandbox/fallas.ts';
import type { Llamada } from './call.ts';

/** One thing that a sender must do right, recognised from the traffic alone. */
export interface Escenario {
  id: string;
  nombre: string;
  /** What the vendor does with the sender. */
  instruccion: string;
  /** What a right sender is seen to do, and what it is forbidden here. */
  espera: string;
  /** Which calls it is judged by, and what of them. */
  mira: string;
  /** The course that it is about; by its code its calls are recognised. */
  curso?: CursoHoja;
  /** The fault that a POST of the course meets, by those of the course that came before it. */
  falla?: (anteriores: readonly Llamada[], llamada: Llamada) => Pick<FallaPedida, 'tipo' | 'segundos'> | null;
  juzgar: (trafico: Trafico) => Dictamen;
}

/** A course as the vendor's LMS would have it. */
export interface CursoHoja {
  nombre: string;
  fechaInicio: string;
  fechaFin: string;
  modulos: string[];
  /** Whom the service has enrolled from the start. */
  inscritos: string[];
  /** Whom the service knows and enrols only after having refused them once (011). */
  tarde?: string[];
  /** The course is not in the service at all. */
  ausente?: boolean;
  /** What the LMS holds, one state after the other; a right sender reports each. */
  estados: Curso[];
}

/** What the kit has seen that a scenario may judge by: since it was last begun. */
export interface Trafico {
  /** POSTs of the scenario's course that came with the right token, in order. */
  envios: readonly Llamada[];
  /** GETs of the history, of any course. */
  consultas: readonly Llamada[];
  todas: readonly Llamada[];
  /** Where the kit's clock stood, as it was moved and as calls came, in that order; milliseconds since 1970. */
  reloj: readonly number[];
}

export interface Dictamen {
  estado: 'pendiente' | 'cumplido' | 'fallado';
  /** What was seen, in words. */
  visto: string;
}

export const pendiente = (visto: string): Dictamen => ({ estado: 'pendiente', visto });
export const cumplido = (visto: string): Dictamen => ({ estado: 'cumplido', visto });
export const fallado = (visto: string): Dictamen => ({ estado: 'fallado', visto });
export const SIN_INTENTO = pendiente('Todavía no se ha visto ninguna llamada de este escenario.');
