import { type Curso, type Modulo, readFigure } from '@puente-sic/protocol';
import type { CourseTree } from '@puente-sic/sources';
import { type Aceptado, recordKey } from '../ledger/aceptados.ts';
import { amount } from '../words.ts';
import type { Candidate } from './candidates.ts';
import type { Registro } from './registro.ts';

/** Why a percentage fell, as far as yesterday's body and today's tree tell; what to do follows from it. */
export interface Cause {
  happened: string;
  fix: string;
}

/** Modules as they were sent when SENCE accepted them, by envío and record. */
export type Formers = ReadonlyMap<string, ReadonlyMap<string, Modulo>>;

export function formersOf(bodies: ReadonlyMap<string, Curso>): Formers {
  const modulesOf = ({ listaAlumnos }: Curso) =>
    new Map(
      listaAlumnos.flatMap(({ rutAlumno, dvAlumno, listaModulos }) =>
        listaModulos.map(
          (modulo) => [recordKey(`${rutAlumno}-${dvAlumno}`, modulo.codigoModulo), modulo] as const,
        ),
      ),
    );
  return new Map([...bodies].map(([codigoEnvio, curso]) => [codigoEnvio, modulesOf(curso)]));
}

/** The envíos whose bodies tell why something fell: those that SENCE accepted with more than the tree has now. */
export function enviosAbove(
  candidates: readonly Candidate[],
  lastOf: (rut: string, codigoModulo: string) => Aceptado | undefined,
): string[] {
  const codes = new Set<string>();
  for (const { rut, modulos } of candidates) {
    for (const { codigoModulo, modulo } of modulos) {
      const last = lastOf(rut, codigoModulo);
      const now = readFigure(modulo.porcentajeAvance);
      if (last?.codigoEnvio && now !== null && now < last.porcentajeAvance) codes.add(last.codigoEnvio);
    }
  }
  return [...codes];
}

/**
 * Tells four causes apart: activities added, activities moved or hidden, a grade put in another's place, a mark taken
 * back. Null where there is nothing to compare with (sent by another tool, body past its retention, files that name no
 * activities).
 */
export function causeOf(
  registro: Registro,
  { alumno, former, tree }: { alumno: Candidate; former: Modulo | undefined; tree: CourseTree },
): Cause | null {
  if (former === undefined) return null;
  const before = activitiesOf(former);
  const now = activitiesOf(registro.modulo);
  const missing = without(before, now);
  if (missing.length > 0) return movedOrHidden(missing, registro, alumno);
  const added = without(now, before).filter((name) => counts(name, registro.codigoModulo, tree));
  if (added.length > 0) {
    return {
      happened: `Desde entonces se ${added.length === 1 ? 'agregó' : 'agregaron'} al módulo ${named(added)}.`,
      fix: `Si ${added.length === 1 ? 'esa actividad no es obligatoria, márquela' : 'esas actividades no son obligatorias, márquelas'} así en la plataforma; si lo ${added.length === 1 ? 'es' : 'son'}, el avance volverá a subir cuando el alumno las complete.`,
    };
  }
  const grades = [former.notaModulo ?? null, readFigure(registro.modulo.notaModulo)] as const;
  if (grades[0] !== null && grades[1] !== null && grades[1] < grades[0]) {
    return {
      happened: `El módulo tiene las mismas actividades, y su nota bajó de ${amount(grades[0])} a ${amount(grades[1])}: alguien la cambió en la plataforma.`,
      fix: 'Revise la nota en el libro de calificaciones: una actividad que se completa con una nota mínima deja de contar cuando la nota baja.',
    };
  }
  // Without activities on either side nothing can be compared.
  if (now.length === 0) return null;
  return tree.modules === undefined ? lessInTheFile : markTakenBack;
}

const markTakenBack: Cause = {
  happened:
    'El módulo tiene las mismas actividades que entonces: se quitó una marca de finalización a este alumno.',
  fix: 'Revise en la plataforma la finalización de sus actividades; si se quitó por error, vuelva a marcarla.',
};

/** A file names activities and brings the figure ready made: why it is lower only its maker knows. */
const lessInTheFile: Cause = {
  happened: 'El módulo tiene las mismas actividades que entonces: la cifra misma es menor.',
  fix: 'Revise con quien prepara los datos por qué el avance es menor que el informado antes.',
};

function movedOrHidden(missing: readonly string[], registro: Registro, { modulos }: Candidate): Cause {
  const elsewhere = modulos.find(
    (other) =>
      other.codigoModulo !== registro.codigoModulo &&
      missing.every((name) => activitiesOf(other.modulo).includes(name)),
  );
  const one = missing.length === 1;
  return elsewhere
    ? {
        happened: `${capital(named(missing))} ya no ${one ? 'está' : 'están'} en este módulo: ahora ${one ? 'está' : 'están'} en ${elsewhere.codigoModulo}.`,
        fix: `Si ${one ? 'se movió' : 'se movieron'} por error, ${one ? 'devuélvala' : 'devuélvalas'} a su módulo.`,
      }
    : {
        happened: `${capital(named(missing))} ya no ${one ? 'está' : 'están'} en el módulo: se ${one ? 'ocultó o se borró' : 'ocultaron o se borraron'}.`,
        fix: `Si fue por error, vuelva a ${one ? 'mostrarla' : 'mostrarlas'} en la plataforma.`,
      };
}

function activitiesOf({ listaActividades }: { listaActividades?: unknown }): string[] {
  if (!Array.isArray(listaActividades)) return [];
  return listaActividades.flatMap((item: { codigoActividad?: unknown } | null) =>
    typeof item?.codigoActividad === 'string' ? item.codigoActividad : [],
  );
}

/** Complementary activities count for nothing, where the source says which they are. */
function counts(name: string, codigoModulo: string, { modules }: CourseTree): boolean {
  const found = modules
    ?.find((module) => module.codigoModulo === codigoModulo)
    ?.activities.find((activity) => activity.name.startsWith(name));
  return found === undefined || found.required;
}

/** Those of `all` that are not in `others`; of equal ones, as many as there are more. */
function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return all.filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `«${name}»`);
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} más`] : shown;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} y ${all.at(-1)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
