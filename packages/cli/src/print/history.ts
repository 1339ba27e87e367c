import type { ProcesoLeido } from '../history.ts';
import type { Terminal } from '../terminal.ts';
import { table } from './table.ts';
import { count, dottedRut, percent, whole } from './words.ts';

/** The processes as a table; with `detail` each record too. */
export function printHistory(terminal: Terminal, procesos: readonly ProcesoLeido[], detail: boolean): void {
  if (procesos.length === 0) {
    terminal.line('El Gestor no tiene envíos registrados con esas condiciones.');
    return;
  }
  table(
    terminal,
    [
      { title: 'Proceso', align: 'right' },
      { title: 'Fecha' },
      { title: 'Código de envío' },
      { title: 'Curso', flexible: true },
      { title: 'Aceptados', align: 'right' },
      { title: 'Rechazados', align: 'right' },
    ],
    procesos.map((proceso) => [
      proceso.idProceso ?? '?',
      proceso.fecha ?? '',
      proceso.codigoEnvio ?? '',
      [...new Set(proceso.registros.map(({ codigoOferta }) => codigoOferta ?? ''))].join(', '),
      whole(proceso.aceptados),
      rejected(terminal, proceso.rechazados),
    ]),
  );
  if (detail) for (const proceso of procesos) printRecords(terminal, proceso);
  const accepted = procesos.reduce((sum, { aceptados }) => sum + aceptados, 0);
  const refused = procesos.reduce((sum, { rechazados }) => sum + rechazados, 0);
  const untold = procesos.reduce((sum, { sinEstado }) => sum + sinEstado, 0);
  if (untold > 0) {
    terminal.notice(
      `Aviso: ${count(untold, 'registro no dice', 'registros no dicen')} si SENCE lo aceptó o lo rechazó, y no se cuentan.`,
    );
  }
  terminal.line();
  terminal.line(
    `${count(procesos.length, 'proceso', 'procesos')}: ${count(accepted, 'registro aceptado', 'registros aceptados')}, ${count(refused, 'rechazado', 'rechazados')}.`,
  );
}

function printRecords(terminal: Terminal, { idProceso, registros }: ProcesoLeido): void {
  const { colors } = terminal;
  terminal.line();
  terminal.line(colors.bold(`Proceso ${idProceso ?? '?'}`));
  table(
    terminal,
    [
      { title: 'Alumno', align: 'right' },
      { title: 'Módulo' },
      { title: 'Avance', align: 'right' },
      { title: 'Resultado', flexible: true },
    ],
    registros.map(({ rut, codigoModulo, porcentajeAvance, estado, codigo, mensaje }) => [
      dottedRut(rut),
      codigoModulo,
      porcentajeAvance === null ? '' : percent(porcentajeAvance),
      estado === 'aceptado'
        ? colors.green('aceptado')
        : colors.red([estado, codigo, mensaje].filter(Boolean).join(' · ')),
    ]),
    '  ',
  );
}

function rejected({ colors }: Terminal, figure: number): string {
  return figure > 0 ? colors.red(whole(figure)) : whole(figure);
}
