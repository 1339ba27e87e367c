import { checkDigit } from '../../packages/protocol/src/rut.ts';

/** An invented person. */
export interface Person {
  nombre: string;
  numero: number;
  dv: string;
}

const NOMBRES = [
  'Antonia',
  'Benjamín',
  'Camila',
  'Diego',
  'Elena',
  'Felipe',
  'Graciela',
  'Héctor',
  'Isidora',
  'Joaquín',
  'Karina',
  'Lautaro',
  'Millaray',
  'Nicolás',
  'Ñusta',
  'Orlando',
  'Pía',
  'Rayén',
  'Sebastián',
  'Tamara',
  'Ulises',
  'Verónica',
  'Wladimir',
  'Ximena',
  'Yáscara',
  'Íñigo',
  'Ayelén',
  'Nahuel',
  'Sayén',
  'Ramón',
];

const APELLIDOS = [
  'Ñancucheo',
  'Peña',
  'Huenchullán',
  'Muñoz',
  'Catrileo',
  'Núñez',
  'Millán',
  'Sepúlveda',
  'Curihuinca',
  'Ibáñez',
  'Lincopán',
  'Vásquez',
  'Quilaqueo',
  'Zúñiga',
  'Painemal',
  'Álvarez',
  'Huaiquimil',
  'Cáceres',
  'Llancapán',
  'Órdenes',
  'Marileo',
  'Riquelme',
  'Nahuelpán',
  'Acuña',
  'Antileo',
  'Bórquez',
  'Colipí',
  'Farías',
  'Tralma',
  'Yáñez',
];

/** A generator that gives the same numbers for the same seed everywhere (mulberry32). */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** Different invented people, always the same; every eleventh or so has a K, as in life. */
export function people(count: number): Person[] {
  const next = random(1350);
  const taken = new Set<number>();
  return Array.from({ length: count }, (_, index) => {
    let numero: number;
    do numero = 8_200_000 + next(15_500_000);
    while (taken.has(numero) || (index % 9 === 4) !== (checkDigit(numero) === 'K'));
    taken.add(numero);
    const paterno = APELLIDOS[(index * 7 + 3) % APELLIDOS.length];
    const materno = APELLIDOS[(index * 11 + 8) % APELLIDOS.length];
    return {
      nombre: `${NOMBRES[index % NOMBRES.length]} ${paterno} ${materno}`,
      numero,
      dv: checkDigit(numero),
    };
  });
}

export function rut({ numero, dv }: Person): string {
  return `${numero}-${dv}`;
}

/** `12.345.678-5`, as people write it. */
export function dotted({ numero, dv }: Person): string {
  return `${String(numero).replace(/\B(?=(\d{3})+$)/g, '.')}-${dv}`;
}
