import type { HallazgoPesado } from '@puente-sic/app';
import type { Diagnosis, Weight } from '@puente-sic/sources';
import type { Terminal } from '../terminal.ts';
import { printGroups } from './groups.ts';
import { count } from './words.ts';

/** Whether any of it costs money. */
export function isCostly(hallazgos: readonly HallazgoPesado[]): boolean {
  return hallazgos.some(({ peso }) => peso !== 'consejo');
}

/** By weight and course. `where`: what is mended, for people: `en Moodle`. */
export async function printDiagnoses(
  terminal: Terminal,
  diagnoses: readonly Diagnosis[],
  where: string,
): Promise<void> {
  const { WEIGHT_ES, WEIGHTS } = await import('@puente-sic/sources');
  const { hallazgoOf } = await import('@puente-sic/engine');
  const { cyan, green, red, yellow } = terminal.colors;
  const colors: Record<Weight, (text: string) => string> = {
    blocks: red,
    students: red,
    figures: yellow,
    advice: cyan,
  };
  for (const weight of WEIGHTS) {
    const own = diagnoses.filter((diagnosis) => diagnosis.weight === weight);
    if (own.length === 0) continue;
    terminal.line();
    terminal.line(colors[weight](`${WEIGHT_ES[weight]} (${own.length})`));
    for (const course of new Set(own.map((diagnosis) => diagnosis.course))) {
      terminal.line(`  ${course ?? 'Todo el sitio'}`);
      const issues = own
        .filter((diagnosis) => diagnosis.course === course)
        .map(({ issue }) => hallazgoOf(issue));
      printGroups(terminal, issues, { mark: weight === 'advice' ? '•' : '▲', color: colors[weight] }, '    ');
    }
  }
  terminal.line();
  terminal.line(
    diagnoses.length === 0
      ? `${green('✔')} No se encontró nada que corregir.`
      : `${count(diagnoses.length, 'hallazgo', 'hallazgos')}. Corríjalos ${where}, de arriba hacia abajo, y repita.`,
  );
}
