import { listed } from '../rules/listed.ts';

/** One thing that is wrong with what was delivered, where it is. */
export interface DeliveryFault {
  /** `alumnos, fila 3, columna rut`. */
  lugar: string;
  mensaje: string;
  queHacer: string;
}

export type RejectionCode = 'forma' | 'datos' | 'ajeno' | 'clave-repetida' | 'demasiado';

/** A delivery that was not taken, none of it; what a person reads is Spanish. */
export class Rejection extends Error {
  override readonly name = 'Rejection';
  readonly codigo: RejectionCode;
  readonly queHacer: string;
  /** The first of them. */
  readonly errores: DeliveryFault[];
  constructor(codigo: RejectionCode, mensaje: string, queHacer: string, errores: DeliveryFault[] = []) {
    super(mensaje);
    this.codigo = codigo;
    this.queHacer = queHacer;
    this.errores = errores.slice(0, 100);
  }
}

export function badForm(mensaje: string): Rejection {
  return new Rejection('forma', mensaje, 'docs/entregas.md muestra una entrega completa.');
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Courses that are not the key's to deliver. */
export function ofOtherOtec(cursos: string[]): Rejection {
  return new Rejection(
    'ajeno',
    `Esta clave no es de la OTEC que informa ${cursos.length === 1 ? 'el curso' : 'los cursos'} ${listed(cursos)}; no se tomó nada de la entrega.`,
    'Use la clave de esa OTEC, o revise en `cursos` de puente.yaml de qué OTEC es el curso.',
    cursos.map((curso) => ({
      lugar: `curso «${curso}»`,
      mensaje: 'Es de otra OTEC, o no está en `cursos` de puente.yaml.',
      queHacer: 'Con varias OTEC, `cursos` dice de cuál es cada curso.',
    })),
  );
}
