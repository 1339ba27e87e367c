import { checkDigit } from '@puente-sic/protocol';
import type { Random } from './random.ts';

/** What a person knows of a student × module before writing it down. */
export interface Meant {
  codigoOferta: string;
  codigoGrupo: string;
  numero: number;
  dv: string;
  nombre: string;
  codigoModulo: string;
  actividad: string;
  alumno: Figures;
  modulo: Figures;
}

export interface Figures {
  /** Seconds. */
  tiempo: number;
  /** 0–100, with a decimal at most. */
  avance: number;
  estado: 1 | 2 | 3;
  /** 0–100; null: none yet. */
  nota: number | null;
  inicio: string;
  fin: string;
}

const NAMES = [
  'Rayén Núñez',
  'Íñigo Muñoz',
  'Sayén Huenchullán',
  'José Ibáñez',
  'María Peña',
  'Begoña Órdenes',
];
const ACTIVITIES = ['Evaluación 1', 'Foro de presentación', 'Tarea final', 'Sesión en vivo', 'Diseño'];

/** Some people of one course with one or two modules each. */
export function meantBy(random: Random): Meant[] {
  const codigoOferta = `CAP-26-01-${random.whole(10, 99)}-0446-1`;
  const codigoGrupo = random.chance(0.5) ? codigoOferta : `0${random.whole(100, 999)}`;
  const modules = random.chance(0.5) ? ['0446'] : ['PRES028008000001', 'PRES028008000002'];
  const wholeOnly = random.chance(0.6);
  const people = random.whole(1, 6);
  const numbers = new Set(Array.from({ length: people }, () => random.whole(5_000_000, 29_999_999)));
  return [...numbers].flatMap((numero) => {
    const alumno = figures(random, wholeOnly);
    const nombre = random.pick(NAMES);
    return modules.map((codigoModulo) => ({
      codigoOferta,
      codigoGrupo,
      numero,
      dv: checkDigit(numero),
      nombre,
      codigoModulo,
      actividad: random.pick(ACTIVITIES),
      alumno,
      modulo: { ...figures(random, wholeOnly), inicio: alumno.inicio, fin: alumno.fin },
    }));
  });
}

function figures(random: Random, wholeOnly: boolean): Figures {
  const complete = random.chance(0.4);
  const avance = complete ? 100 : wholeOnly ? random.whole(0, 99) : random.whole(0, 999) / 10;
  return {
    tiempo: avance === 0 ? 0 : random.whole(301, 120_000),
    avance,
    estado: complete ? 2 : 1,
    nota: complete ? random.whole(60, 100) : null,
    inicio: day(random.whole(0, 60)),
    fin: day(random.whole(61, 120)),
  };
}

function day(after: number): string {
  return new Date(Date.UTC(2026, 8, 1 + after)).toISOString().slice(0, 10);
}
