import type { HttpRequest } from '@puente-sic/client';
import type { Kind } from './kinds.ts';
import type { HttpAnswer } from './sence.ts';
import { MINUTE } from './time.ts';

type Proceso = Record<string, unknown> & { fecha: string; listaregistros: Record<string, unknown>[] };

/** The Gestor's answer as an odder service would give it. Only what really changes counts as met. */
export function bend(
  request: HttpRequest,
  answer: HttpAnswer,
  now: number,
  meets: (kind: Kind) => boolean,
): HttpAnswer {
  if (request.method === 'POST') return partial(oddRefusal(answer, meets), meets);
  if (!answer.body.startsWith('[')) return answer;
  const whole: Proceso[] = JSON.parse(answer.body);
  const young = (minutes: number) => (proceso: Proceso) => now - instantOf(proceso.fecha) < minutes * MINUTE;
  let processes: unknown[] = whole;
  if (request.url.searchParams.has('codigo_externo') && whole.length > 0 && meets('history-filter-empty')) {
    processes = [];
  } else if (whole.some(young(LATE_MINUTES)) && meets('history-late')) {
    processes = whole.filter((proceso) => !young(LATE_MINUTES)(proceso));
  } else if (
    whole.some((proceso) => young(HALF_MINUTES)(proceso) && proceso.listaregistros.length > 1) &&
    meets('history-half')
  ) {
    processes = whole.map((proceso) =>
      young(HALF_MINUTES)(proceso)
        ? {
            ...proceso,
            listaregistros: proceso.listaregistros.slice(0, Math.floor(proceso.listaregistros.length / 2)),
          }
        : proceso,
    );
  } else if (whole.length > CUT_AT && meets('history-cut')) {
    processes = whole.slice(0, CUT_AT);
  } else if (whole.length > 0 && meets('history-date')) {
    processes = [...whole.slice(0, -1), { ...whole.at(-1), fecha: '0000-00-00 00:00:00' }];
  } else if (whole.length > 0 && meets('history-garbled')) {
    processes = [...whole.slice(0, -1), 'Undefined index: listaregistros'];
  } else if (whole.length > 1 && meets('history-order')) {
    processes = whole.toReversed();
  } else if (whole.length > 0 && meets('history-code')) {
    processes = whole.map((proceso) => ({ ...proceso, codigo_externo: oddCode(proceso.codigo_externo) }));
  } else if (whole.length > 0 && meets('history-seccion')) {
    processes = whole.map((proceso) => ({
      ...proceso,
      listaregistros: proceso.listaregistros.map((registro) => ({
        ...registro,
        seccion_cod: registro.mod_cod,
      })),
    }));
  } else if (whole.length > 0 && meets('history-utc')) {
    processes = whole.map((proceso) => ({ ...proceso, fecha: inUtc(proceso.fecha) }));
  }
  return processes === whole ? answer : { ...answer, body: JSON.stringify(processes) };
}

function oddRefusal(answer: HttpAnswer, meets: (kind: Kind) => boolean): HttpAnswer {
  const former = /(debe ser mayor al anterior \([\d.]+\))/;
  if (!former.test(answer.body) || !meets('odd-025')) return answer;
  return { ...answer, body: answer.body.replace(former, '$1 informado el 29-11-2026') };
}

/** Of what was taken nothing is said. */
function partial(answer: HttpAnswer, meets: (kind: Kind) => boolean): HttpAnswer {
  const isMixed = MIXED.every((list) => list.test(answer.body));
  if (!isMixed || !meets('partial-answer')) return answer;
  const { envio: _, datosEnviados: __, ...rest } = JSON.parse(answer.body);
  return { ...answer, body: JSON.stringify(rest) };
}

function oddCode(code: unknown): unknown {
  if (typeof code !== 'string') return code;
  return [code.toLowerCase(), ` ${code} `, code.slice(0, 20)][
    code.length % 3 === 0 ? 0 : code.charCodeAt(12) % 3
  ];
}

/** The Gestor writes Santiago's clock; the simulation's days have an offset of three or four hours. */
function instantOf(fecha: string): number {
  return Date.parse(`${fecha.replace(' ', 'T')}-03:00`);
}

function inUtc(fecha: string): string {
  return new Date(instantOf(fecha)).toISOString().slice(0, 19).replace('T', ' ');
}

const MIXED = [/"(?:envio|datosEnviados)":\[\{/, /"(?:errores|datosError)":\[\{/];
/** Where the public mock of the service cuts its list. [O] */
export const CUT_AT = 50;
/** With what is on its way for eleven minutes less than the twenty that a send is waited for. */
const LATE_MINUTES = 8;
const HALF_MINUTES = 8;
