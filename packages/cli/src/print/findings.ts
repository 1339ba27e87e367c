import type { Hallazgo } from '@puente-sic/engine';
import type { Terminal } from '../terminal.ts';
import { printGroups } from './groups.ts';
import { count } from './words.ts';

/** What `validar` found: errors first, each kind once, then what it comes to. */
export function printFindings(terminal: Terminal, hallazgos: readonly Hallazgo[]): void {
  const { colors } = terminal;
  const errors = hallazgos.filter(({ gravedad }) => gravedad === 'error');
  const warnings = hallazgos.filter(({ gravedad }) => gravedad === 'aviso');
  printGroups(terminal, errors, { mark: '✖', color: colors.red }, '');
  printGroups(terminal, warnings, { mark: '• Aviso', color: colors.cyan }, '');
  if (hallazgos.length > 0) terminal.line();
  const told = warnings.length > 0 ? `, con ${count(warnings.length, 'aviso', 'avisos')}` : '';
  terminal.line(
    errors.length === 0
      ? `${colors.green('✔ Válido')}${told}: nada de esto lo rechazaría el Gestor por su forma.`
      : `${colors.red('✖ No válido')}: ${count(errors.length, 'error', 'errores')}${told}.`,
  );
}
