import type { Campo, Conciliacion, DatoDistinto, Diferencia, TipoDiferencia } from '@puente-sic/engine';
import type { Terminal } from '../terminal.ts';
import { type About, patternOf, together } from './alike.ts';
import { printFallas } from './send.ts';
import { table } from './table.ts';
import { chileanDay, count, decimal, dottedRut, percent } from './words.ts';

const TITULOS: Record<TipoDiferencia, string> = {
  'falta-en-sence': 'Falta en SENCE',
  'valor-distinto': 'No dicen lo mismo',
  'desconocido-en-lms': 'Solo lo tiene SENCE',
  'salio-del-lms': 'Ya no está en la plataforma',
  'nunca-enviado': 'Nunca enviado',
  retenido: 'Retenido: no se envía',
};

/** Differences by kind: what it means, what to do, and each student × module with what the three have. */
export function printConciliacion(terminal: Terminal, conciliacion: Conciliacion): void {
  const { colors } = terminal;
  const { comparados, iguales, diferencias, fallas, sinHistorial, avisos, sinComparar } = conciliacion;
  const held = diferencias.filter(({ tipo }) => tipo === 'retenido');
  for (const tipo of Object.keys(TITULOS) as TipoDiferencia[]) {
    const own = diferencias.filter((diferencia) => diferencia.tipo === tipo);
    for (const [first, ...more] of tipo === 'retenido' ? alikeOf(own) : [own]) {
      if (first !== undefined) printTipo(terminal, TITULOS[tipo], [first, ...more]);
    }
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
      `${colors.yellow('▲')} ${count(sinComparar, 'registro quedó', 'registros quedaron')} sin comparar: no se pudo leer lo que el historial dice.`,
    );
  }
  const mark = diferencias.length + sinComparar === 0 ? colors.green('✔') : colors.yellow('▲');
  const parts = [
    count(iguales, 'igual', 'iguales'),
    count(diferencias.length - held.length, 'diferencia', 'diferencias'),
    ...(held.length > 0 ? [count(held.length, 'retenido', 'retenidos')] : []),
  ];
  terminal.line(
    `${mark} ${count(comparados, 'registro comparado', 'registros comparados')}: ${parts.join(', ')}.`,
  );
}

/** What is held for one reason, and has one thing to do, together. */
function alikeOf(diferencias: readonly Diferencia[]): Diferencia[][] {
  const groups = new Map<string, Diferencia[]>();
  for (const one of diferencias) {
    const key = JSON.stringify([patternOf(aboutOf(one)), one.queHacer]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function aboutOf({ rut, codigoModulo, explicacion: mensaje }: Diferencia): About {
  return { rut, codigoModulo, mensaje };
}

function printTipo(
  terminal: Terminal,
  titulo: string,
  diferencias: readonly [Diferencia, ...Diferencia[]],
): void {
  const [first] = diferencias;
  const { colors } = terminal;
  terminal.line(`${colors.yellow('▲')} ${colors.bold(titulo)} ${colors.dim(`(${diferencias.length})`)}`);
  terminal.paragraph(together([aboutOf(first), ...diferencias.slice(1).map(aboutOf)]), '    ');
  terminal.paragraph(first.queHacer, '      ', `    ${colors.cyan('→')} `);
  table(
    terminal,
    [
      { title: 'Curso', flexible: true },
      { title: 'Alumno', align: 'right' },
      { title: 'Módulo', flexible: true },
      { title: 'Dato', flexible: true },
      { title: 'Plataforma', align: 'right' },
      { title: 'puente', align: 'right' },
      { title: 'SENCE', align: 'right' },
    ],
    diferencias.flatMap(rowsOf),
    '    ',
  );
  terminal.line();
}

/** One row for each datum; the percentage where nothing else is in question. */
function rowsOf({ codigoOferta, rut, codigoModulo, distintos, ...own }: Diferencia): string[][] {
  const datos = distintos.length > 0 ? distintos : [{ ...AVANCE, ...own }];
  return datos.map(({ campo, nombre, lms, registro, sence }) => [
    codigoOferta,
    dottedRut(rut),
    codigoModulo,
    nombre,
    ...[lms, registro, sence].map((value) => printed(campo, value)),
  ]);
}

const AVANCE: Pick<DatoDistinto, 'campo' | 'nombre'> = {
  campo: 'modulo.porcentajeAvance',
  nombre: 'avance del módulo',
};

function printed(campo: Campo, value: number | string | null): string {
  if (value === null) return '—';
  if (typeof value === 'string') return chileanDay(value);
  if (campo.endsWith('.porcentajeAvance')) return percent(value);
  return campo.endsWith('.tiempoConectividad') ? `${decimal(value)} s` : (ESTADOS[value] ?? String(value));
}

const ESTADOS: Readonly<Record<number, string>> = { 1: 'cursando', 2: 'aprobado', 3: 'reprobado' };
