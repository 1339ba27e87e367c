import type { CourseModule, Section } from '../site.ts';
import type { WsSection } from './schemas.ts';
import { unescapeHtml } from './text.ts';

/** Sections and modules from `core_course_get_contents`, which leaves out what is being deleted. */
export function readContents(answer: WsSection[]): { sections: Section[]; modules: CourseModule[] } {
  return {
    sections: answer.map((section) => ({
      id: section.id,
      position: section.section,
      name: unescapeHtml(section.name),
      visible: section.visible === 1,
      component: section.component ?? null,
      itemId: section.itemid ?? null,
    })),
    modules: answer.flatMap((section) =>
      section.modules.map((module) => ({
        id: module.id,
        type: module.modname,
        instance: module.instance,
        sectionId: section.id,
        name: module.name,
        completion: module.completion ?? 0,
        passGradeRequired: passGradeRequired(module),
        visible: module.visible === 1,
        deletionInProgress: false,
        availability: module.availability ?? null,
      })),
    ),
  };
}

/** From the rules listed under the service user's own completion; they are listed since Moodle 3.11. */
function passGradeRequired(module: WsSection['modules'][number]): boolean | null {
  if (module.completion !== 2) return false;
  const rules = module.completiondata?.details;
  return rules === undefined ? null : rules.some(({ rulename }) => rulename === 'completionpassgrade');
}
