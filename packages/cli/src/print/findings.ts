import type { Hallazgo, NoEntregado } from '@puente-sic/engine';
import type { Terminal } from '../terminal.ts';
import { printGroups, printWarnings } from './groups.ts';
import { count } from './words.ts';

/** Of the sources as a whole: courses asked for that gave nothing, and what was found beside the courses. */
export function toldOf({
  noEntregados,
  hallazgos,
}: {
  noEntregados: readonly NoEntregado[];
  hallazgos: readonly Hallazgo[];
}): Hallazgo[] {
  return [...noEntregados.flatMap((one) => one.hallazgos), ...hallazgos];
}

/** Errors first, then warnings, each kind once. */
export function printHallazgos(terminal: Terminal, hallazgos: readonly Hallazgo[], indent: string): void {
  const { colors } = terminal;
  const of = (wanted: Hallazgo['gravedad']) => hallazgos.filter(({ gravedad }) => gravedad === wanted);
  printGroups(terminal, of('error'), { mark: '✖ Error', color: colors.red }, indent);
  printWarnings(terminal, of('aviso'), indent);
}

/** What `validar` found, then what it comes to. */
export function printValidation(terminal: Terminal, hallazgos: readonly Hallazgo[]): void {
  const { colors } = terminal;
  const errors = hallazgos.filter(({ gravedad }) => gravedad === 'error');
  const warnings = hallazgos.filter(({ gravedad }) => gravedad === 'aviso');
  printHallazgos(terminal, hallazgos, '');
  if (hallazgos.length > 0) terminal.line();
  const told = warnings.length > 0 ? `, con ${count(warnings.length, 'aviso', 'avisos')}` : '';
  terminal.line(
    errors.length === 0
      ? `${colors.green('✔ Válido')}${told}: nada de esto lo rechazaría el Gestor por su forma.`
      : `${colors.red('✖ No válido')}: ${count(errors.length, 'error', 'errores')}${told}.`,
  );
}
