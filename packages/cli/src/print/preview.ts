import type { CursoPrevisto, PreviewResult } from '@puente-sic/engine';
import type { Terminal } from '../terminal.ts';
import { courseName, printCourse } from './course.ts';
import { printHallazgos, toldOf } from './findings.ts';
import { printGroups } from './groups.ts';
import { printFallas } from './send.ts';
import { table } from './table.ts';
import { count, whole } from './words.ts';

/** What would be sent: one line per call, then what is held back and what is worth a look, course by course. */
export function printPreview(terminal: Terminal, result: PreviewResult): void {
  printPreviewTable(terminal, result);
  for (const curso of result.cursos) printCurso(terminal, curso);
  printHallazgos(terminal, toldOf(result), '');
  printFallas(terminal, result.fallas);
}

/** One line per call, and what it comes to. */
export function printPreviewTable(terminal: Terminal, { cursos }: PreviewResult): void {
  const { colors } = terminal;
  table(
    terminal,
    [
      { title: 'Curso', flexible: true },
      { title: 'Alumnos', align: 'right' },
      { title: 'Registros', align: 'right' },
      { title: 'Problemas', align: 'right' },
    ],
    cursos.map((curso) => [
      courseName(curso),
      whole(curso.cuerpo?.listaAlumnos.length ?? 0),
      whole(recordsOf(curso)),
      curso.retenidos.length > 0 ? colors.yellow(whole(curso.retenidos.length)) : '0',
    ]),
  );
  const records = cursos.reduce((sum, curso) => sum + recordsOf(curso), 0);
  const held = cursos.reduce((sum, { retenidos }) => sum + retenidos.length, 0);
  terminal.line();
  const there = cursos.reduce((sum, { yaEnviados }) => sum + yaEnviados, 0);
  terminal.line(
    `Se ${records === 1 ? 'enviaría' : 'enviarían'} ${count(records, 'registro', 'registros')} (alumno × módulo)` +
      (held > 0
        ? `; ${held === 1 ? '1 problema retiene datos' : `${whole(held)} problemas retienen datos`}.`
        : '.') +
      ' No se llamó al Gestor.',
  );
  if (there > 0) {
    terminal.line(
      `${count(there, 'registro ya está', 'registros ya están')} en SENCE con los mismos valores de hoy y no se enviarían de nuevo.`,
    );
  }
}

function printCurso(terminal: Terminal, curso: CursoPrevisto): void {
  const { retenidos, hallazgos } = curso;
  if (retenidos.length === 0 && hallazgos.length === 0) return;
  printCourse(terminal, curso);
  printGroups(terminal, retenidos, { mark: '▲ Retenido', color: terminal.colors.yellow });
  printHallazgos(terminal, hallazgos, '  ');
}

function recordsOf({ cuerpo }: CursoPrevisto): number {
  return cuerpo?.listaAlumnos.reduce((sum, { listaModulos }) => sum + listaModulos.length, 0) ?? 0;
}
