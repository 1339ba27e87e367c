import type { Issue } from '@puente-sic/protocol';
import { warning } from '../../rules/findings.ts';
import { listed } from '../../rules/listed.ts';
import type { CourseSnapshot, Section } from '../site.ts';
import type { Activity } from './activities.ts';
import { type CodeSettings, codeOfSection, dateAtEnd } from './codes.ts';
import type { MoodleLinks } from './links.ts';
import type { SectionTree } from './sections.ts';
import { oneLanguage } from './text.ts';

/** A module as it is reported: one code, the sections that carry it and what lies in them. */
export interface ReportedModule {
  codigoModulo: string;
  /** On the course's own level, in order; the first gives the module its place. */
  sections: Section[];
  /** Subsections too: time is counted by them. */
  sectionIds: Set<number>;
  activities: Activity[];
}

/**
 * The modules of a course: sections whose name has a code, several with one code being one module, subsections
 * under their parent (or on their own where only they have a code). Sections without a code stay out and are told;
 * so are hidden ones, which students cannot do.
 */
export function modulesOf(
  { course, sections, modules }: CourseSnapshot,
  tree: SectionTree,
  activities: Activity[],
  settings: CodeSettings,
  links: MoodleLinks,
): { modules: ReportedModule[]; findings: Issue[] } {
  const byCode = new Map<string, ReportedModule>();
  const hidden: Section[] = [];
  const uncoded: Section[] = [];
  const ordered = [...sections].sort(
    (a, b) => placeOf(a, tree) - placeOf(b, tree) || a.position - b.position,
  );
  const codeOf = (section: Section): string | null => {
    const found = codeOfSection(section, settings);
    return found === null || found === 'none' ? null : found.code;
  };
  for (const section of ordered) {
    const parent = tree.parentOf(section.id);
    const code = (parent && codeOf(parent)) ?? codeOf(section);
    if (code === null) {
      const occupied = modules.some(
        (module) => module.sectionId === section.id && module.type !== 'subsection',
      );
      const told = parent === null && section.position > 0 && section.visible && occupied;
      if (told && codeOfSection(section, settings) !== 'none') uncoded.push(section);
    } else if (!tree.isVisible(section.id)) {
      hidden.push(section);
    } else {
      const module = byCode.get(code) ?? {
        codigoModulo: code,
        sections: [],
        sectionIds: new Set(),
        activities: [],
      };
      if (parent === null || codeOf(parent) === null) module.sections.push(section);
      module.sectionIds.add(section.id);
      module.activities.push(...activities.filter((activity) => activity.module.sectionId === section.id));
      byCode.set(code, module);
    }
  }
  // Clicks on a hidden section of a module that is still open elsewhere are its time too.
  for (const section of hidden)
    byCode.get(codeOf(tree.rootOf(section.id) ?? section) ?? '')?.sectionIds.add(section.id);
  const absent = hidden.filter(
    (section) => tree.parentOf(section.id) === null && !byCode.has(codeOf(section) ?? ''),
  );
  // A date in a code's place is told by itself.
  const undated = uncoded.filter(({ name }) => name === null || dateAtEnd(oneLanguage(name)) === null);
  const where = links.course(course.id);
  const place = where === undefined ? {} : { place: where };
  return {
    modules: [...byCode.values()],
    findings: [
      ...(byCode.size === 0
        ? [
            warning({
              message: `En el curso «${course.shortname}» ninguna sección visible tiene un código de módulo en su nombre.`,
              fix: 'En Moodle active la edición del curso y escriba al final del nombre de cada sección una barra y el código del módulo que entrega SIC, por ejemplo «Introducción/PRES028008000558»; o indique los códigos en `modulos` de puente.yaml.',
              ...place,
            }),
          ]
        : []),
      ...(undated.length > 0 && byCode.size > 0
        ? [
            warning({
              message: `En el curso «${course.shortname}» hay secciones con actividades y sin código de módulo: ${listed(names(undated))}. No se informan como módulo; sus actividades obligatorias sí cuentan en el avance del curso.`,
              fix: 'Si alguna es un módulo, agregue su código al final del nombre después de una barra, o escríbalo en `modulos` de puente.yaml. Si no lo es, no hay nada que hacer.',
              ...place,
            }),
          ]
        : []),
      ...absent.map((section) =>
        warning({
          message: `La sección «${oneLanguage(section.name ?? String(section.id))}» del curso «${course.shortname}» tiene código de módulo, pero está oculta: no se informa.`,
          fix: 'Si el módulo ya comenzó, muéstrelo a los estudiantes en Moodle (menú de la sección → Mostrar).',
          scope: 'modulo',
          ...(codeOf(section) !== null && { codigoModulo: codeOf(section) as string }),
          ...place,
        }),
      ),
    ],
  };
}

function placeOf(section: Section, tree: SectionTree): number {
  return tree.rootOf(section.id)?.position ?? section.position;
}

function names(sections: Section[]): string[] {
  return sections.map(({ name, position }) =>
    name === null ? `sección ${position} (sin nombre)` : oneLanguage(name),
  );
}
