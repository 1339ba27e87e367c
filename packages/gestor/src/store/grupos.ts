/** A process by the number of its records. */
export interface Contado {
  aceptados: number;
  rechazados: number;
}

/** The first of some processes, as many as weigh so much together, and at least one. */
export function upTo<T>(procesos: readonly T[], max: number, weigh: (proceso: T) => number): T[] {
  const taken: T[] = [];
  let sum = 0;
  for (const proceso of procesos) {
    if (taken.length > 0 && sum + weigh(proceso) > max) break;
    taken.push(proceso);
    sum += weigh(proceso);
  }
  return taken;
}

export function countRegistros({ aceptados, rechazados }: Contado): number {
  return aceptados + rechazados;
}
