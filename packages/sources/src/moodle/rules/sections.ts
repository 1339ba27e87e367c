import type { CourseModule, Section } from '../site.ts';

/** The sections of a course as a tree: Moodle 4.5 has subsections, whose position says nothing of their place. */
export class SectionTree {
  readonly #byId: Map<number, Section>;
  readonly #parents: Map<number, number>;

  constructor(sections: Section[], modules: CourseModule[]) {
    this.#byId = new Map(sections.map((section) => [section.id, section]));
    const hosts = new Map(
      modules
        .filter(({ type }) => type === 'subsection')
        .map((module) => [module.instance, module.sectionId]),
    );
    this.#parents = new Map();
    for (const { id, component, itemId } of sections) {
      const parent = component === 'mod_subsection' && itemId !== null ? hosts.get(itemId) : undefined;
      if (parent !== undefined && parent !== id) this.#parents.set(id, parent);
    }
  }

  /** The section that contains a subsection; null on the course's own level. */
  parentOf(id: number): Section | null {
    const parent = this.#parents.get(id);
    return parent === undefined ? null : (this.#byId.get(parent) ?? null);
  }

  /** The section on the course's own level that a section is or lies in; null when it does not exist. */
  rootOf(id: number): Section | null {
    const section = this.#byId.get(id) ?? null;
    return section && (this.parentOf(id) ?? section);
  }

  /** Students see it: itself and what contains it. */
  isVisible(id: number): boolean {
    const section = this.#byId.get(id);
    return section?.visible === true && this.parentOf(id)?.visible !== false;
  }
}
