import { santiagoDate } from '@puente-sic/protocol';
import type { CursoPorCerrar, PorCerrar } from '../views/closing.ts';
import { DIAS_LIQUIDACION, DIAS_OTIC, dayPlus } from '../views/closing-steps.ts';
import type { DecisionContada } from '../views/decisions-told.ts';
import { amount, counted, shortDayOf } from '../words.ts';
import { type Carta, EN_BLANCO, type Fila, type Parte } from './carta.ts';

/**
 * For who answers for the courses, once a week; null: no course ends soon, none is open and no figure is kept. `named`:
 * in a person's own mail, who and until when; a webhook's text counts them.
 */
export function mondayLetter(
  { cursos, diasAntes }: Pick<PorCerrar, 'cursos' | 'diasAntes'>,
  kept: readonly DecisionContada[],
  named: boolean,
): Carta | null {
  if (cursos.length === 0 && kept.length === 0) return null;
  const soon = cursos.filter(({ dias }) => dias >= 0);
  const over = cursos.filter(({ dias }) => dias < 0);
  const under = sum(soon.map(({ bajo }) => bajo?.length ?? 0));
  const hasMinima = soon.some(({ bajo }) => bajo !== null);
  const head = headOf(soon, over, kept.length, diasAntes);
  return {
    ...EN_BLANCO,
    asunto: hasMinima && under > 0 ? `${head}: ${counted(under, 'alumno')} bajo sus mínimos` : head,
    titulo: `${head}.`,
    bajo: [
      hasMinima
        ? `${counted(under, 'alumno está', 'alumnos están')} bajo los mínimos que usted definió.`
        : '',
      'Lo que SENCE tiene cuenta para el cierre y el pago.',
    ]
      .filter(Boolean)
      .join(' '),
    filas: soon.map(rowOf),
    partes: [
      ...(over.length === 0
        ? []
        : [{ titulo: 'Terminados, sin cerrar', texto: over.map(stillOpen).join(' ') }]),
      ...keptPart(kept, named),
    ],
    boton:
      cursos.length === 0
        ? null
        : { texto: `Ver ${counted(cursos.length, 'curso')} por cerrar`, ruta: '/por-cerrar' },
    pie: 'Sale los lunes. Los montos son una estimación suya, no una cifra de SENCE.',
  };
}

/** What ends within the days of the list, what crosses New Year, what is open, what is kept: the first that there is. */
function headOf(
  soon: readonly CursoPorCerrar[],
  over: readonly CursoPorCerrar[],
  kept: number,
  diasAntes: number,
): string {
  const near = soon.filter(({ porque }) => porque !== 'ano-nuevo').length;
  if (near > 0)
    return `${counted(near, 'curso')} ${near === 1 ? 'termina' : 'terminan'} en los próximos ${counted(diasAntes, 'día')}`;
  if (soon.length > 0)
    return `${counted(soon.length, 'curso')} ${soon.length === 1 ? 'cruza' : 'cruzan'} el Año Nuevo`;
  return over.length > 0
    ? counted(over.length, 'curso terminado sigue sin cerrar', 'cursos terminados siguen sin cerrar')
    : counted(kept, 'cifra se mantiene', 'cifras se mantienen');
}

/** SENCE is told a figure that the source denies: each is listed, with who decided it and when it ends. */
function keptPart(kept: readonly DecisionContada[], named: boolean): Parte[] {
  if (kept.length === 0) return [];
  const one = ({ nombre, titulo, codigoModulo, informa, termina, quien, cuando, motivo }: DecisionContada) =>
    [
      `${nombre ?? 'Sin nombre en la planilla'} (${[titulo, codigoModulo === null ? '' : `módulo ${codigoModulo}`].filter(Boolean).join(', ')}):`,
      informa === null ? 'se informa lo último aceptado' : `se informa ${amount(informa)} %`,
      `hasta que la planilla ${informa === null ? 'lo alcance' : `llegue a ${amount(informa)} %`}${termina === null ? ' o el curso termine' : `, o el ${shortDayOf(termina)}`}.`,
      `Lo decidió ${quien} el ${shortDayOf(santiagoDate(cuando))}${motivo === null ? '' : `: «${motivo}»`}.`,
    ].join(' ');
  const rest = kept.length - NAMES_AT_MOST;
  const texto = named
    ? [...kept.slice(0, NAMES_AT_MOST).map(one), ...(rest > 0 ? [`Y ${amount(rest)} más.`] : [])].join(' ')
    : `${counted(kept.length, 'cifra se mantiene', 'cifras se mantienen')} por decisión de una persona.`;
  return [
    {
      ...{ titulo: 'Cifras que se mantienen por decisión de una persona', texto },
      enlace: { texto: 'Ver todas en Evidencia', ruta: '/evidencia' },
    },
  ];
}

const NAMES_AT_MOST = 10;

/** One line in the morning's mail on the days that the guide's deadlines and the end draw near. */
export function remindersOf({ cursos }: Pick<PorCerrar, 'cursos'>): Parte[] {
  const lines = cursos.flatMap((curso) => reminderOf(curso) ?? []);
  if (lines.length === 0) return [];
  return [
    {
      titulo: 'Por cerrar',
      texto: lines.join(' '),
      enlace: { texto: 'Ver quiénes', ruta: '/por-cerrar' },
    },
  ];
}

function reminderOf({ titulo, dias, bajo, pasos }: CursoPorCerrar): string | null {
  if (DAYS_BEFORE_END.has(dias)) {
    const under =
      bajo === null || bajo.length === 0
        ? ''
        : `; ${counted(bajo.length, 'alumno está', 'alumnos están')} bajo el mínimo que usted definió`;
    return `${titulo} termina en ${counted(dias, 'día')}${under}.`;
  }
  const open = (paso: string) => pasos.some((one) => one.paso === paso && one.estado !== 'hecho');
  if (open('documentos') && DAYS_BEFORE_DEADLINE.has(DIAS_OTIC + dias))
    return `${titulo}: el OTIC recibe documentos por ${counted(DIAS_OTIC + dias, 'día')} más.`;
  if (open('liquidacion') && DAYS_BEFORE_DEADLINE.has(DIAS_LIQUIDACION + dias))
    return `${titulo}: quedan ${counted(DIAS_LIQUIDACION + dias, 'día')} para liquidar ante SENCE.`;
  return null;
}

function rowOf({ titulo, termina, bajo, cuenta, enRiesgo, programa }: CursoPorCerrar): Fila {
  const money =
    enRiesgo !== null
      ? `En riesgo, con su valor: $${amount(enRiesgo.pesos)}.`
      : programa === null
        ? 'Sin monto ni pasos: elija su programa.'
        : '';
  const pending =
    cuenta.pendientes === 0
      ? 'Nadie pendiente en SENCE'
      : `${counted(cuenta.pendientes, 'alumno')} con algo pendiente en SENCE`;
  const known =
    cuenta.conocidos === 0 ? '' : `; ${counted(cuenta.conocidos, 'caso conocido', 'casos conocidos')}`;
  return {
    ...{ cuantos: bajo?.length ?? null, tono: 'espera' },
    titulo: `${titulo}, termina el ${shortDayOf(termina)}`,
    quienes: [[`De ${counted(cuenta.alumnos, 'alumno')}.`, money].filter(Boolean).join(' ')],
    detalle: `${pending}${known}.`,
  };
}

function stillOpen({ titulo, termina, pasos, programa }: CursoPorCerrar): string {
  if (programa === null) return `${titulo}: elija su programa para ver qué sigue.`;
  const next = pasos.find(({ paso, estado }) => paso !== 'sence' && estado === 'ahora');
  if (next?.paso === 'documentos')
    return `${titulo}: documentos al OTIC hasta el ${shortDayOf(dayPlus(termina, DIAS_OTIC))}.`;
  if (next?.paso === 'liquidacion')
    return `${titulo}: se liquida hasta el ${shortDayOf(dayPlus(termina, DIAS_LIQUIDACION))}.`;
  if (next?.paso.startsWith('dj-'))
    return `${titulo}: falta la declaración jurada; el OTIC recibe hasta el ${shortDayOf(dayPlus(termina, DIAS_OTIC))}.`;
  return `${titulo}: hay alumnos con algo pendiente en SENCE.`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const DAYS_BEFORE_END = new Set([15, 7, 3]);
const DAYS_BEFORE_DEADLINE = new Set([10, 3]);
