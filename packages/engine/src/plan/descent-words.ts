import type { Issue } from '@puente-sic/protocol';
import type { Aceptado } from '../ledger/aceptados.ts';
import type { DecisionRow } from '../ledger/decisiones.ts';
import type { PoliticaDescenso } from '../request.ts';
import { amount } from '../words.ts';
import type { Cause } from './fall.ts';

interface Fall {
  now: number;
  last: number;
  /** Undefined: the same body says it, further up. */
  accepted: Aceptado | undefined;
  /** Of the course that is planned. */
  grupo: string;
  politica: PoliticaDescenso;
  /** Null: nothing tells which it was. */
  cause: Cause | null;
  /** That of a person to keep the value, where there is one. */
  decision: DecisionRow | null;
}

/** A percentage that fell: what happened, why as far as it can be told, what to do. */
export function descent({ now, last, accepted, grupo, politica, cause, decision }: Fall): Issue {
  const happened = `El avance bajó: SENCE ya aceptó ${percent(last)}${sentOn(accepted, grupo)} y ahora la fuente dice ${percent(now)}.`;
  const why = cause?.happened ?? 'Suele pasar cuando después se agregan actividades obligatorias al módulo.';
  const about = { code: '025', scope: 'modulo', path: 'porcentajeAvance' } as const;
  if (politica === 'omitir') {
    return {
      ...about,
      severity: 'error',
      message: `${happened} ${why} SENCE no acepta un porcentaje menor que el anterior, por eso este módulo no se envía.`,
      fix: `${cause?.fix ?? 'Si el avance anterior era correcto, espere a que el alumno lo recupere o marque como no obligatorias las actividades nuevas.'} Si desea seguir informando el último valor aceptado, ponga «descenso: mantener» en el curso.`,
    };
  }
  const by = decision === null ? '' : `, como lo decidió ${decision.quien} el ${day(decision.cuando)}`;
  return {
    ...about,
    severity: 'warning',
    message: `${happened} ${why} Se informa el último valor aceptado${by}.`,
    fix:
      cause?.fix ??
      'No es necesario hacer nada si las actividades nuevas son correctas: el avance volverá a subir cuando el alumno las complete.',
  };
}

/** The two figures of what {@link descent} said; null: it said something else. */
export function figuresOfDescent(message: string): { de: number; a: number } | null {
  const found = /^El avance bajó: SENCE ya aceptó ([\d,]+) %.*? y ahora la fuente dice ([\d,]+) %/.exec(
    message,
  );
  const [, de = '', a = ''] = found ?? [];
  return found === null ? null : { de: Number(de.replace(',', '.')), a: Number(a.replace(',', '.')) };
}

export function noLongerApproved(before: Aceptado, grupo: string): Issue {
  return {
    code: null,
    severity: 'warning',
    scope: 'alumno',
    path: 'estado',
    message: `Se informó como aprobado${sentOn(before, grupo)} y ahora la fuente dice que está cursando: así se envía.`,
    fix: 'Si había aprobado, revise en la plataforma qué cambió: una actividad nueva, una nota o los mínimos para aprobar.',
  };
}

export function passedWhatWasKept(now: number, { quien, cuando }: DecisionRow): Issue {
  return {
    code: null,
    severity: 'warning',
    scope: 'modulo',
    path: 'porcentajeAvance',
    message: `El avance llegó a ${percent(now)} y superó el valor que se mantenía: la decisión de ${quien} del ${day(cuando)} terminó sola.`,
    fix: 'No es necesario hacer nada.',
  };
}

/** The day that it was sent for, and the group where it was another one; what others sent has no day that we know. */
function sentOn(accepted: Aceptado | undefined, grupo: string): string {
  if (accepted === undefined) return '';
  if (accepted.codigoEnvio === null && accepted.idProceso === null) return ' (lo dijo al rechazar un envío)';
  const where = [grupo, ''].includes(accepted.codigoGrupo) ? '' : ` en el grupo ${accepted.codigoGrupo}`;
  return ` (enviado el ${accepted.noche === null ? day(accepted.cuando) : chilean(accepted.noche)}${where})`;
}

function percent(value: number): string {
  return `${amount(value)} %`;
}

function chilean(date: string): string {
  return date.split('-').reverse().join('-');
}

function day(instant: string): string {
  return new Intl.DateTimeFormat('es-CL', {
    timeZone: 'America/Santiago',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  }).format(new Date(instant));
}
