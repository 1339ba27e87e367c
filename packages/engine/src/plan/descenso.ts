import { type Issue, readFigure } from '@puente-sic/protocol';
import type { AceptadosOfCourse } from '../ledger/aceptados.ts';
import { recordKey } from '../ledger/aceptados.ts';
import type { PoliticaDescenso } from '../request.ts';
import { type Candidate, type CandidateModulo, placed } from './candidates.ts';
import type { Held, Sifted } from './hold.ts';

export interface Descended extends Sifted {
  /** Of modules that go with the last accepted value. */
  told: Issue[];
}

/**
 * The rule of 025: a percentage below the last accepted one is never sent. By the course's policy the module is left
 * out, or goes with the last accepted value; both are told. Within one body, later occurrences of the same record are
 * judged by the earlier ones.
 */
export function holdDescents(
  candidates: readonly Candidate[],
  aceptados: AceptadosOfCourse,
  politica: PoliticaDescenso,
): Descended {
  const held: Held[] = [];
  const told: Issue[] = [];
  const inThisBody = new Map<string, number>();

  const passed = candidates.flatMap((candidate) => {
    const modulos = candidate.modulos.flatMap((modulo) => {
      const key = recordKey(candidate.rut, modulo.codigoModulo);
      const now = readFigure(modulo.modulo.porcentajeAvance);
      if (now === null) throw new Error('Preflight let a module without a percentage pass');
      const last = inThisBody.get(key) ?? aceptados.get(key)?.porcentajeAvance;
      if (last === undefined || now >= last) {
        inThisBody.set(key, now);
        return modulo;
      }
      const cuando = aceptados.get(key)?.cuando;
      const issue = placed(descent(now, last, cuando, politica), candidate, modulo);
      if (politica === 'omitir') {
        held.push({ issue, records: 1 });
        return [];
      }
      told.push(issue);
      return { ...modulo, modulo: { ...modulo.modulo, porcentajeAvance: last } } satisfies CandidateModulo;
    });
    return modulos.length === 0 ? [] : [{ ...candidate, modulos }];
  });
  return { passed, held, told };
}

function descent(now: number, last: number, cuando: string | undefined, politica: PoliticaDescenso): Issue {
  const since = cuando === undefined ? '' : ` (enviado el ${dayInChile(cuando)})`;
  const happened = `El avance bajó: SENCE ya aceptó ${percent(last)}${since} y ahora la fuente dice ${percent(now)}.`;
  const cause = 'Suele pasar cuando después se agregan actividades obligatorias al módulo.';
  return politica === 'omitir'
    ? {
        code: '025',
        severity: 'error',
        scope: 'modulo',
        path: 'porcentajeAvance',
        message: `${happened} ${cause} SENCE no acepta un porcentaje menor que el anterior, por eso este módulo no se envía.`,
        fix: 'Si el avance anterior era correcto, espere a que el alumno lo recupere o marque como no obligatorias las actividades nuevas; si desea seguir informando el último valor aceptado, ponga «descenso: mantener» en el curso.',
      }
    : {
        code: '025',
        severity: 'warning',
        scope: 'modulo',
        path: 'porcentajeAvance',
        message: `${happened} ${cause} Se informa el último valor aceptado.`,
        fix: 'No es necesario hacer nada si las actividades nuevas son correctas: el avance volverá a subir cuando el alumno las complete.',
      };
}

function percent(value: number): string {
  return `${String(Math.round(value * 100) / 100).replace('.', ',')} %`;
}

function dayInChile(instant: string): string {
  return new Intl.DateTimeFormat('es-CL', {
    timeZone: 'America/Santiago',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  }).format(new Date(instant));
}
