import type {
  Ausente,
  EnvioHecho,
  FallaFuente,
  HistorialLeido,
  NoEnviado,
  Resultado,
  SendResult,
  YaEnviado,
} from '@puente-sic/engine';
import type { Colors, Terminal } from '../terminal.ts';
import { courseName, printCourse } from './course.ts';
import { printHallazgos, toldOf } from './findings.ts';
import { printGroups } from './groups.ts';
import { table } from './table.ts';
import { clockTime, count, dottedRut, whole } from './words.ts';

/** A send: one line per call, then what did not go in, course by course, then what it comes to. */
export function printSend(terminal: Terminal, result: SendResult, onlyErrors: boolean): void {
  const { envios, noEnviados, fallas } = result;
  printHistorial(terminal, result.historial);
  if (envios.length > 0) printTable(terminal, envios);
  for (const envio of envios) printEnvio(terminal, envio);
  printYaEnviados(terminal, result.yaEnviados);
  printAusentes(terminal, result.ausentes);
  printHallazgos(terminal, toldOf(result), '');
  printFallas(terminal, fallas);
  printNoEnviados(terminal, noEnviados);
  terminal.line();
  terminal.paragraph(summary(terminal.colors, result, onlyErrors));
}

/** What had to be read before anything was sent; of a provider with whom SENCE has nothing there is nothing to say. */
function printHistorial(terminal: Terminal, historial: readonly HistorialLeido[]): void {
  for (const { rutOtec, motivo, procesos, registros } of historial) {
    if (procesos === 0) continue;
    const why =
      motivo === 'registro-vacio'
        ? `En este equipo no había nada anotado de la OTEC ${dottedRut(rutOtec)}`
        : `Se restauró un respaldo y faltaba saber qué envió la OTEC ${dottedRut(rutOtec)} después`;
    terminal.paragraph(
      `${why}: primero se leyó el historial de SENCE (${count(registros, 'registro aceptado', 'registros aceptados')} en ${count(procesos, 'proceso', 'procesos')}).`,
      '  ',
      `${terminal.colors.cyan('→')} `,
    );
  }
}

/** Sources that could not be read. */
export function printFallas(terminal: Terminal, fallas: readonly FallaFuente[]): void {
  const told = fallas.map((falla) => ({ ...falla, codigo: null }));
  if (told.length > 0) terminal.line();
  printGroups(terminal, told, { mark: '✖ Fuente', color: terminal.colors.red }, '');
}

const RESULTADOS: Record<
  Resultado,
  { text: string; color: keyof Colors & ('green' | 'yellow' | 'red' | 'magenta') }
> = {
  aceptado: { text: '✔ aceptado', color: 'green' },
  parcial: { text: '◐ parcial', color: 'yellow' },
  rechazado: { text: '✖ rechazado', color: 'red' },
  retenido: { text: '▲ retenido', color: 'yellow' },
  incierto: { text: '? incierto', color: 'magenta' },
};

function printTable(terminal: Terminal, envios: readonly EnvioHecho[]): void {
  const { colors } = terminal;
  table(
    terminal,
    [
      { title: 'Curso', flexible: true },
      { title: 'Resultado' },
      { title: 'Proceso', align: 'right' },
      { title: 'Aceptados', align: 'right' },
      { title: 'Rechazados', align: 'right' },
      { title: 'Retenidos', align: 'right' },
    ],
    envios.map((envio) => {
      const { resultado, idProceso, aceptados, rechazados, retenidos } = envio;
      const { text, color } = RESULTADOS[resultado];
      return [
        courseName(envio),
        colors[color](text),
        idProceso === null ? '—' : String(idProceso),
        whole(aceptados),
        rechazados > 0 ? colors.red(whole(rechazados)) : '0',
        retenidos > 0 ? colors.yellow(whole(retenidos)) : '0',
      ];
    }),
  );
}

function printEnvio(terminal: Terminal, envio: EnvioHecho): void {
  const { colors } = terminal;
  const { resultado, errores, avisos } = envio;
  if (errores.length === 0 && avisos.length === 0 && resultado !== 'incierto') return;
  printCourse(terminal, envio);
  const refused = errores.filter(({ origen }) => origen === 'gestor');
  const held = errores.filter(({ origen }) => origen === 'previa');
  printGroups(terminal, refused, { mark: '✖ SENCE rechazó', color: colors.red });
  printGroups(terminal, held, { mark: '▲ Retenido antes de enviar', color: colors.yellow });
  if (resultado === 'incierto') printUncertain(terminal, envio);
  else printHallazgos(terminal, avisos, '  ');
}

/** Why it is not known, in the words of who saw it: a line that was cut and a page that answered are mended differently. */
function printUncertain(terminal: Terminal, { codigoEnvio, avisos }: EnvioHecho): void {
  const { colors } = terminal;
  for (const { mensaje, queHacer } of avisos) {
    terminal.paragraph(mensaje, '    ', `  ${colors.magenta(`? ${codigoEnvio ?? ''}`)} · `);
    terminal.paragraph(queHacer, '      ', `    ${colors.cyan('→')} `);
  }
}

/** What is at SENCE already: nobody has to wonder why it is not sent again. */
function printYaEnviados(terminal: Terminal, yaEnviados: readonly YaEnviado[]): void {
  if (yaEnviados.length > 0) terminal.line();
  for (const one of yaEnviados) {
    terminal.paragraph(
      `Ya está en SENCE: ${count(one.registros, 'registro, enviado', 'registros, enviados')} a las ${clockTime(one.enviado)} con los mismos valores (${courseName(one)}).`,
      '  ',
      `${terminal.colors.green('✔')} `,
    );
  }
}

/** Who was sent the last time and is not in the source now: the rest went without them. */
function printAusentes(terminal: Terminal, ausentes: readonly Ausente[]): void {
  const groups = new Map<string, Ausente[]>();
  for (const one of ausentes) {
    const key = JSON.stringify([courseName(one), one.mensaje, one.queHacer]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  for (const [first, ...others] of groups.values()) {
    if (first === undefined) continue;
    const { colors } = terminal;
    const people = [first, ...others].flatMap(({ rut, nombre }) =>
      rut === null ? [] : nombre === null ? dottedRut(rut) : `${nombre} (${dottedRut(rut)})`,
    );
    terminal.line();
    terminal.paragraph(
      `${courseName(first)}: ${first.mensaje}`,
      '  ',
      `${colors.yellow('▲ Ya no viene')} · `,
    );
    if (people.length > 0) terminal.paragraph(people.join(', '), '    ');
    terminal.paragraph(first.queHacer, '    ', `  ${colors.cyan('→')} `);
  }
}

/** One failure of the connection keeps many courses back: told once, with the courses. */
function printNoEnviados(terminal: Terminal, noEnviados: readonly NoEnviado[]): void {
  const { colors } = terminal;
  const byCause = new Map<string, NoEnviado[]>();
  for (const noEnviado of noEnviados) {
    const { mensaje, queHacer } = noEnviado;
    const key = JSON.stringify([mensaje, queHacer]);
    byCause.set(key, [...(byCause.get(key) ?? []), noEnviado]);
  }
  for (const group of byCause.values()) {
    terminal.line();
    terminal.paragraph(
      `${count(group.length, 'curso quedó', 'cursos quedaron')} sin enviar: ${group[0]?.mensaje}`,
      '  ',
      `${colors.red('✖')} `,
    );
    for (const { codigoOferta, codigoGrupo } of group) {
      terminal.line(`    ${codigoOferta} · grupo ${codigoGrupo}`);
    }
    terminal.paragraph(group[0]?.queHacer ?? '', '    ', `  ${colors.cyan('→')} `);
  }
}

function summary(
  colors: Colors,
  { envios, yaEnviados, noEnviados, noEntregados }: SendResult,
  onlyErrors: boolean,
): string {
  const total = (of: 'aceptados' | 'rechazados' | 'retenidos') =>
    envios.reduce((sum, envio) => sum + envio[of], 0);
  const uncertain = envios.filter(({ resultado }) => resultado === 'incierto').length;
  if (envios.length === 0 && noEnviados.length === 0) {
    if (yaEnviados.length > 0 && noEntregados.length > 0) {
      const left = count(noEntregados.length, 'curso pedido quedó', 'cursos pedidos quedaron');
      return `No se envió nada de nuevo; ${left} sin enviar.`;
    }
    if (yaEnviados.length > 0)
      return 'No se envió nada de nuevo. Para enviarlo otra vez: puente enviar --repetir';
    if (noEntregados.length > 0) return 'No se envió nada.';
    return onlyErrors ? 'No hay nada pendiente de corregir: no se envió nada.' : 'No había nada que enviar.';
  }
  const parts = [
    colors.green(count(total('aceptados'), 'registro aceptado', 'registros aceptados')),
    total('rechazados') > 0 ? colors.red(count(total('rechazados'), 'rechazado', 'rechazados')) : '',
    total('retenidos') > 0 ? colors.yellow(count(total('retenidos'), 'retenido', 'retenidos')) : '',
    uncertain > 0 ? colors.magenta(count(uncertain, 'envío incierto', 'envíos inciertos')) : '',
  ].filter(Boolean);
  const pending = total('rechazados') + total('retenidos') > 0;
  const visible = total('aceptados') > 0 ? ' SIC los muestra mañana.' : '';
  const next = pending ? ' Después de corregir los datos: puente enviar --solo-errores' : visible;
  return `${parts.join(', ')} (alumno × módulo).${next}`;
}
