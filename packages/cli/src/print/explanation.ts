import { santiagoDateTime } from '@puente-sic/protocol';
import type {
  ExplainedActivity,
  ExplainedDay,
  ExplainedModule,
  StudentExplanation,
} from '@puente-sic/sources';
import type { Terminal } from '../terminal.ts';
import { table } from './table.ts';
import { clockTime, count, decimal, dottedRut, percent, whole } from './words.ts';

type Mark = NonNullable<StudentExplanation['mark']>;
type Progress = StudentExplanation['progress'];

const ESTADOS = { 1: '1 cursando', 2: '2 aprobado', 3: '3 reprobado' } as const;

/** From what Moodle holds to each number sent. */
export function printExplanation(terminal: Terminal, explanation: StudentExplanation): void {
  const { colors } = terminal;
  const { course, rut, accounts, rutField, groups, dates, notReported, estado } = explanation;
  terminal.line(`${colors.bold(dottedRut(rut))}  ${accounts.join(' · ')}`);
  terminal.line(`${course.title}  ${colors.dim(`${course.shortname} · id ${course.id}`)}`);
  terminal.line(colors.dim(`Al ${santiagoDateTime(explanation.at)}, hora de Santiago`));
  for (const why of notReported) terminal.paragraph(why, '  ', `${colors.red('✖ No se informa: ')}`);
  terminal.line();
  const rows: [string, string][] = [
    ['RUT', rutField === null ? 'no encontrado' : `en el campo «${rutField}»`],
    ['Grupo', groups.join(', ') || 'ninguno'],
    ...dates.map(({ field, value, from }): [string, string] => [
      field,
      value === null
        ? 'Moodle no la tiene'
        : `${value} (${from === 'curso' ? 'del curso' : 'de la inscripción'})`,
    ]),
    ['porcentajeAvance', progressText(explanation.progress)],
    ['tiempoConectividad', timeText(explanation.seconds)],
    ['evaluacionFinal', markText(explanation.mark)],
    ['estado', `${ESTADOS[estado.value]}: ${estado.why}`],
  ];
  printFacts(terminal, rows, '');
  for (const module of explanation.modules) printModule(terminal, module);
  if (explanation.outside.length > 0) {
    terminal.line();
    terminal.line(colors.bold('Fuera de los módulos (cuentan para el alumno, no para un módulo)'));
    printActivities(terminal, explanation.outside);
  }
  if (explanation.days) printDays(terminal, explanation.days);
}

function printModule(terminal: Terminal, module: ExplainedModule): void {
  terminal.line();
  terminal.line(
    `${terminal.colors.bold(module.codigoModulo)}  ${terminal.colors.dim(module.sections.join(' · '))}`,
  );
  const category = module.category === null ? '' : ` (categoría «${module.category}»)`;
  printFacts(
    terminal,
    [
      ['porcentajeAvance', progressText(module.progress)],
      ['tiempoConectividad', timeText(module.seconds)],
      ['notaModulo', markText(module.mark) + category],
      ['estado', `${ESTADOS[module.estado.value]}: ${module.estado.why}`],
    ],
    '  ',
  );
  printActivities(terminal, module.activities);
}

function printFacts(terminal: Terminal, rows: readonly [string, string][], indent: string): void {
  for (const [name, text] of rows) {
    terminal.paragraph(text, indent + ' '.repeat(20), indent + terminal.colors.dim(name.padEnd(20)));
  }
}

function printActivities(terminal: Terminal, activities: readonly ExplainedActivity[]): void {
  if (activities.length === 0) return;
  const { colors } = terminal;
  table(
    terminal,
    [
      { title: 'Actividad', flexible: true },
      { title: 'Tipo' },
      { title: 'Cuenta' },
      { title: 'En Moodle', flexible: true },
      { title: 'Desde' },
    ],
    activities.map(({ name, type, required, synchronous, done, state, time }) => [
      `${done ? colors.green('✔') : ' '} ${name}`,
      synchronous ? `${type} (en vivo)` : type,
      required ? 'sí' : 'no',
      state,
      time === null ? '' : santiagoDateTime(time).slice(0, 16),
    ]),
    '  ',
  );
}

function printDays(terminal: Terminal, days: readonly ExplainedDay[]): void {
  terminal.line();
  terminal.line(terminal.colors.bold('Tiempo conectado, por día'));
  table(
    terminal,
    [{ title: 'Día' }, { title: 'Segundos', align: 'right' }, { title: 'Sesiones', flexible: true }],
    days.map(({ day, seconds, sessions }) => [
      day,
      whole(seconds),
      sessions
        .map(({ start, end, clicks, parts }) => {
          const where = parts
            .map((part) => `${part.codigoModulo ?? part.label} ${whole(part.seconds)}`)
            .join(', ');
          return `${clockTime(start)}–${clockTime(end)}, ${count(clicks, 'clic', 'clics')}${where ? `: ${where}` : ''}`;
        })
        .join('; '),
    ]),
    '  ',
  );
}

function progressText({ required, done, percentage, porcentajeAvance }: Progress): string {
  if (percentage === null) return `${porcentajeAvance}: no tiene actividades obligatorias`;
  return `${porcentajeAvance}: ${done} de ${count(required, 'actividad obligatoria', 'actividades obligatorias')} (${percent(percentage)})`;
}

function timeText(seconds: number | null): string {
  return seconds === null ? 'no se conoce' : count(seconds, 'segundo', 'segundos');
}

function markText(mark: Mark | null): string {
  if (mark === null) return 'sin nota en Moodle: no se envía';
  const scale = `${decimal(mark.final)} en la escala de ${decimal(mark.min)} a ${decimal(mark.max)}`;
  return `${mark.sent}: ${scale} (${percent(mark.percentage)})`;
}
