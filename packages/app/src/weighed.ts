import type { Hallazgo } from '@puente-sic/engine';
import type { Diagnosis, Weight } from '@puente-sic/sources';

/** What an expert raised, by what it costs. */
export type HallazgoPesado = Hallazgo & { peso: Peso; curso: string | null };

export const PESOS = ['impide', 'alumnos', 'cifras', 'consejo'] as const;
type Peso = (typeof PESOS)[number];
const PESO_OF: Record<Weight, Peso> = {
  blocks: 'impide',
  students: 'alumnos',
  figures: 'cifras',
  advice: 'consejo',
};

export async function weighed(diagnoses: readonly Diagnosis[]): Promise<HallazgoPesado[]> {
  const { hallazgoOf } = await import('@puente-sic/engine');
  return diagnoses.map(({ weight, course, issue }) => ({
    ...hallazgoOf(issue),
    peso: PESO_OF[weight],
    curso: course,
  }));
}
