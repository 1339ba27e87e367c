import type { CursoInscrito } from '../store/recorder.ts';

/** Last accepted percentages, those accepted earlier in the same call included. */
export class Ultimos {
  readonly #before: CursoInscrito['ultimos'];
  readonly #now = new Map<number, Map<string, number>>();

  constructor(before: CursoInscrito['ultimos']) {
    this.#before = before;
  }

  get(rut: number, codigoModulo: string): number | undefined {
    return this.#now.get(rut)?.get(codigoModulo) ?? this.#before.get(rut)?.get(codigoModulo);
  }

  set(rut: number, codigoModulo: string, porcentaje: number): void {
    const modulos = this.#now.get(rut);
    if (modulos) modulos.set(codigoModulo, porcentaje);
    else this.#now.set(rut, new Map([[codigoModulo, porcentaje]]));
  }
}
