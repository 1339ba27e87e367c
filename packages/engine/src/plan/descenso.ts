import { type Issue, readFigure } from '@puente-sic/protocol';
import type { CourseTree } from '@puente-sic/sources';
import { type Aceptado, recordKey } from '../ledger/aceptados.ts';
import type { DecisionRow } from '../ledger/decisiones.ts';
import type { PoliticaDescenso } from '../request.ts';
import { type Candidate, placed } from './candidates.ts';
import type { Decisions } from './decisions.ts';
import { descent, noLongerApproved, passedWhatWasKept } from './descent-words.ts';
import { causeOf, type Formers } from './fall.ts';
import type { Held, Sifted } from './hold.ts';
import type { Registro } from './registro.ts';

export interface DescentRules {
  /** What SENCE accepted last of a record: in this group, else in another one of the same course. */
  lastOf: (rut: string, codigoModulo: string) => Aceptado | undefined;
  /** The course's default; a person's decision wins. */
  politica: PoliticaDescenso;
  decisions: Decisions;
  formers: Formers;
  tree: CourseTree;
}

export interface Descended extends Sifted {
  /** Decisions to keep a value that the figure has passed: they are over. */
  superadas: number[];
}

/**
 * The rule of 025: a percentage below the last accepted one is never sent. By the course's policy, or by what a person
 * decided, the module is left out, or goes with the last accepted value; both are told. Within one body, later
 * occurrences of the same record are judged by the earlier ones.
 */
export function holdDescents(candidates: readonly Candidate[], rules: DescentRules): Descended {
  const held: Held[] = [];
  const superadas = new Set<number>();
  const inThisBody = new Map<string, number>();

  const passed = candidates.flatMap((candidate) => {
    const kept: Aceptado[] = [];
    const modulos = candidate.modulos.flatMap((registro) => {
      const key = recordKey(candidate.rut, registro.codigoModulo);
      const now = readFigure(registro.modulo.porcentajeAvance);
      if (now === null) throw new Error('Preflight let a module without a percentage pass');
      const accepted = rules.lastOf(candidate.rut, registro.codigoModulo);
      const last = inThisBody.get(key) ?? accepted?.porcentajeAvance;
      const decision = rules.decisions.find('mantener', candidate.rut, registro.codigoModulo);
      if (last === undefined || now >= last) {
        inThisBody.set(key, now);
        if (last === undefined || now === last || !isAboutOne(decision)) return registro;
        superadas.add(decision.id);
        const over = placed(passedWhatWasKept(now, decision), candidate, registro);
        return { ...registro, warnings: [...registro.warnings, over] };
      }
      // The same figure with its decimals, which others send: rounded it would be a fall.
      if (Math.round(last) === now) return withPercentage(registro, last);

      const politica = decision === null ? rules.politica : 'mantener';
      const former = rules.formers.get(accepted?.codigoEnvio ?? '')?.get(key);
      const cause = causeOf(registro, { alumno: candidate, former, tree: rules.tree });
      const told = descent({
        ...{ now, last, accepted, politica, cause, decision },
        grupo: rules.tree.codigoGrupo,
      });
      const issue = placed(told, candidate, registro);
      if (politica === 'omitir') {
        held.push({ issue, records: 1 });
        return [];
      }
      if (accepted !== undefined) kept.push(accepted);
      const value = withPercentage(registro, last);
      const estado = accepted?.estado ?? registro.modulo.estado;
      return {
        ...value,
        modulo: { ...value.modulo, ...(estado !== undefined && { estado }) },
        warnings: [...registro.warnings, issue],
      };
    });
    return modulos.length === 0 ? [] : [toldOfEstado(coherent({ ...candidate, modulos }, kept), rules)];
  });
  return { passed, held, superadas: [...superadas] };
}

/** What is decided of a whole course or student is not over because one figure of it is. */
function isAboutOne(decision: DecisionRow | null): decision is DecisionRow {
  return decision !== null && decision.rut !== null && decision.codigoModulo !== null;
}

function withPercentage(registro: Registro, porcentajeAvance: number): Registro {
  return { ...registro, modulo: { ...registro.modulo, porcentajeAvance } };
}

/** Of whom a module keeps what SENCE has, the student's own figures are not below what went with it. */
function coherent(candidate: Candidate, kept: readonly Aceptado[]): Candidate {
  if (kept.length === 0) return candidate;
  const { alumno } = candidate;
  const former = kept.flatMap(({ avanceAlumno }) => avanceAlumno ?? []);
  const now = readFigure(alumno.porcentajeAvance);
  const wasApproved = kept.some(({ estadoAlumno }) => estadoAlumno === APROBADO);
  const isUndecided = (readFigure(alumno.estado) ?? CURSANDO) === CURSANDO;
  return {
    ...candidate,
    alumno: {
      ...alumno,
      ...(now !== null && { porcentajeAvance: Math.max(now, ...former) }),
      ...(wasApproved && isUndecided && { estado: APROBADO }),
    },
  };
}

/** Whoever was reported as approved and is no longer: SENCE takes it, and somebody should know. */
function toldOfEstado(candidate: Candidate, { lastOf, tree }: DescentRules): Candidate {
  const before = candidate.modulos
    .flatMap(({ codigoModulo }) => lastOf(candidate.rut, codigoModulo) ?? [])
    .reduce<Aceptado | null>((last, row) => (last === null || row.cuando > last.cuando ? row : last), null);
  const now = readFigure(candidate.alumno.estado) ?? CURSANDO;
  if (before?.estadoAlumno !== APROBADO || now !== CURSANDO) return candidate;
  const issue: Issue = placed(noLongerApproved(before, tree.codigoGrupo), candidate);
  return { ...candidate, warnings: [...candidate.warnings, issue] };
}

const CURSANDO = 1;
const APROBADO = 2;
