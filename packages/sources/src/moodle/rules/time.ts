import type { CourseTime, StudentTime } from '../site.ts';
import type { ReportedModule } from './modules.ts';

/** `tiempoConectividad` of a student and of each module, seconds, in the order of the modules. */
export interface Connected {
  total: number;
  modules: number[];
}

/**
 * Seconds of a student; null where the reader knows of no time at all. Where only the course's total was handed
 * over, a lone module has all of it and several have 0: how it divides is not invented.
 */
export function connectedTime(
  time: CourseTime | null,
  userId: number,
  modules: ReportedModule[],
): Connected | null {
  if (time === null) return null;
  const own = time.students.get(userId);
  return {
    total: own?.total ?? 0,
    modules: modules.map((module) => (own ? inModule(own, module, modules) : 0)),
  };
}

/** Whether the time of several modules is unknown although the total is not. */
export function lacksModuleTime(time: CourseTime | null, modules: ReportedModule[]): boolean {
  return modules.length > 1 && [...(time?.students.values() ?? [])].some(({ sections }) => sections === null);
}

function inModule({ total, sections }: StudentTime, module: ReportedModule, all: ReportedModule[]): number {
  if (sections === null) return all.length === 1 ? total : 0;
  return [...module.sectionIds].reduce((sum, id) => sum + (sections.get(id) ?? 0), 0);
}
