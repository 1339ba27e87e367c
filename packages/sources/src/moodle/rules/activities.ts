import { cutCodigoActividad } from '@puente-sic/protocol';
import { SYNCHRONOUS_TYPES } from '../settings.ts';
import type { Course, CourseModule } from '../site.ts';
import { kindName } from './kinds.ts';
import type { SectionTree } from './sections.ts';
import { oneLanguage } from './text.ts';

/** An activity that students see, as far as the API is concerned. */
export interface Activity {
  module: CourseModule;
  /** Has completion tracking: counts for progress. The rest is complementary. [M] */
  required: boolean;
  /** A live class. [I] */
  synchronous: boolean;
  /** Its name in one language, at most 50 characters [I p.7]; its kind and number where it has none. */
  codigoActividad: string;
}

/**
 * The activities of a course that students can reach, in order: neither hidden, nor in a hidden section, nor
 * awaiting deletion. A subsection is a place and an untracked label a text: neither is an activity.
 */
export function activitiesOf(
  course: Course,
  modules: CourseModule[],
  sections: SectionTree,
  synchronousTypes: string[] = SYNCHRONOUS_TYPES,
): Activity[] {
  return modules
    .filter((module) => module.visible && !module.deletionInProgress && sections.isVisible(module.sectionId))
    .map((module) => ({
      module,
      required: course.completionEnabled && module.completion > 0,
      synchronous: synchronousTypes.includes(module.type),
      codigoActividad: cutCodigoActividad(
        oneLanguage(module.name) || `${kindName(module.type)} ${module.id}`,
      ),
    }))
    .filter(({ module, required }) => module.type !== 'subsection' && (module.type !== 'label' || required));
}

/** `cantActividadSincronica` and `cantActividadAsincronica` of a course or a module. [I] */
export function countByKind(activities: Activity[]): {
  cantActividadSincronica: number;
  cantActividadAsincronica: number;
} {
  const live = activities.filter(({ synchronous }) => synchronous).length;
  return { cantActividadSincronica: live, cantActividadAsincronica: activities.length - live };
}
