import { cutCodigoActividad } from '@puente-sic/protocol';
import { codeOfSection } from '../moodle/rules/codes.ts';
import type { ModuleFields } from '../rules/body.ts';
import type { ActivityData, CourseData, ModuleData } from './site.ts';

/** A module as it is reported: one code, and what of the LMS carries it. */
export interface EntityModule {
  codigoModulo: string;
  /** In order; the first gives the module its place. */
  parts: ModuleData[];
  activities: ActivityData[];
  fields: ModuleFields;
}

/** The modules of a course by their codes, and those that have none. */
export interface EntityModules {
  modules: EntityModule[];
  uncoded: ModuleData[];
}

/**
 * A module's code: by hand in puente.yaml, else its own, else the one in its name, as in Moodle. Several with one code
 * are one module.
 */
export function modulesOf(
  course: CourseData,
  settings: { patronModulo?: string; modulos: Record<string, string> },
): EntityModules {
  const byCode = new Map<string, ModuleData[]>();
  const uncoded: ModuleData[] = [];
  for (const module of inOrder(course)) {
    const found = codeOfSection({ id: module.id, name: module.nombre }, settings);
    const own = found !== 'none' && found?.byHand !== true ? module.codigoModulo : null;
    const code = own ?? (found === 'none' ? null : (found?.code ?? null));
    if (code !== null) byCode.set(code, [...(byCode.get(code) ?? []), module]);
    else if (found !== 'none') uncoded.push(module);
  }
  const modules = [...byCode].map(([codigoModulo, parts]) => {
    const activities = parts.flatMap(({ id }) =>
      [...course.activities.values()].filter(({ modulo }) => modulo === id),
    );
    return { codigoModulo, parts, activities, fields: fieldsOf(codigoModulo, activities) };
  });
  return { modules, uncoded };
}

/** `cantActividadSincronica` and `cantActividadAsincronica` of a course or a module. [I] */
export function countByKind(activities: readonly ActivityData[]) {
  const live = activities.filter(({ synchronous }) => synchronous).length;
  return { cantActividadSincronica: live, cantActividadAsincronica: activities.length - live };
}

function fieldsOf(codigoModulo: string, activities: readonly ActivityData[]): ModuleFields {
  return {
    codigoModulo,
    ...countByKind(activities),
    listaActividades: activities.map(({ nombre }) => ({ codigoActividad: cutCodigoActividad(nombre) })),
  };
}

/** By `orden`, those without one last; else as they came. */
function inOrder({ modules }: CourseData): ModuleData[] {
  return [...modules.values()].sort(
    (a, b) => (a.orden ?? Number.MAX_VALUE) - (b.orden ?? Number.MAX_VALUE) || a.number - b.number,
  );
}
