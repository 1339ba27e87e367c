import type { Borrador } from './instalacion-codigos.ts';

export type CambioDeBorrador = (cursos: string[], next: (antes: Borrador) => Borrador) => void;
