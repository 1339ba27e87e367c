import type { Conciliacion, Diferencia, TipoDiferencia } from '@puente-sic/engine';
import type { Terminal } from '../terminal.ts';
import { printFallas } from './send.ts';
import { table } from './table.ts';
import { count, dottedRut, percent } from './words.ts';

const TITULOS: Record<TipoDiferencia, string> = {
  'falta-en-sence': 'Falta en SENCE',
  'valor-distinto': 'Avance distinto',
  'desconocido-en-lms': 'Solo lo tiene SENCE',
  'salio-del-lms': 'Ya no está en la plataforma',
  'nunca-enviado': 'Nunca enviado',
};

/** Differences by kind: what it means, what to do, and each student × module with the three figures. */
export function printConciliacion(terminal: Terminal, conciliacion: Conciliacion): void {
  const { colors } = terminal;
  const { comparados, iguales, diferencias, fallas, sinHistorial, avisos, sinComparar } = conciliacion;
  for (const tipo of Object.keys(TITULOS) as TipoDiferencia[]) {
    printTipo(
      terminal,
      TITULOS[tipo],
      diferencias.filter((diferencia) => diferencia.tipo === tipo),
    );
  }
  printFallas(terminal, fallas);
  for (const { rutOtec, mensaje, queHacer } of sinHistorial) {
    terminal.paragraph(`${dottedRut(rutOtec)}: ${mensaje}`, '  ', `${colors.red('✖')} `);
    terminal.paragraph(queHacer, '    ', `  ${colors.cyan('→')} `);
  }
  for (const { rutOtec, mensaje } of avisos) {
    terminal.paragraph(`${dottedRut(rutOtec)}: ${mensaje}`, '  ', `${colors.yellow('▲')} `);
  }
  if (sinComparar > 0) {
    terminal.line(
      `${colors.yellow('▲')} ${count(sinComparar, 'registro quedó', 'registros quedaron')} sin comparar: el historial no se pudo leer hasta el final.`,
    );
  }
  const mark = diferencias.length === 0 ? colors.green('✔') : colors.yellow('▲');
  terminal.line(
    `${mark} ${count(comparados, 'registro comparado', 'registros comparados')}: ${count(iguales, 'igual', 'iguales')}, ${count(diferencias.length, 'diferencia', 'diferencias')}.`,
  );
}

function printTipo(terminal: Terminal, titulo: string, diferencias: readonly Diferencia[]): void {
  const [first] = diferencias;
  if (!first) return;
  const { colors } = terminal;
  terminal.line(`${colors.yellow('▲')} ${colors.bold(titulo)} ${colors.dim(`(${diferencias.length})`)}`);
  terminal.paragraph(first.explicacion, '    ');
  terminal.paragraph(first.queHacer, '      ', `    ${colors.cyan('→')} `);
  table(
    terminal,
    [
      { title: 'Curso', flexible: true },
      { title: 'Alumno', align: 'right' },
      { title: 'Módulo', flexible: true },
      { title: 'Plataforma', align: 'right' },
      { title: 'puente', align: 'right' },
      { title: 'SENCE', align: 'right' },
    ],
    diferencias.map(({ codigoOferta, rut, codigoModulo, lms, registro, sence }) => [
      codigoOferta,
      dottedRut(rut),
      codigoModulo,
      ...[lms, registro, sence].map((figure) => (figure === null ? '—' : percent(figure))),
    ]),
    '    ',
  );
  terminal.line();
}
