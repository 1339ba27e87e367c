/** Where a person opens things in the site; undefined while the site's address is not known (`sitio`). */
export class MoodleLinks {
  readonly #site: string | undefined;

  constructor(site: string | undefined) {
    this.#site = site?.replace(/\/+$/, '');
  }

  course(id: number): string | undefined {
    return this.#to(`course/view.php?id=${id}`);
  }

  courseSettings(id: number): string | undefined {
    return this.#to(`course/edit.php?id=${id}`);
  }

  section(id: number): string | undefined {
    return this.#to(`course/editsection.php?id=${id}`);
  }

  activity(cmid: number): string | undefined {
    return this.#to(`course/modedit.php?update=${cmid}`);
  }

  profile(userId: number, courseId: number): string | undefined {
    return this.#to(`user/editadvanced.php?id=${userId}&course=${courseId}`);
  }

  participants(courseId: number): string | undefined {
    return this.#to(`user/index.php?id=${courseId}`);
  }

  plugins(): string | undefined {
    return this.#to('admin/tool/installaddon/index.php');
  }

  groups(courseId: number): string | undefined {
    return this.#to(`group/index.php?id=${courseId}`);
  }

  gradebook(courseId: number): string | undefined {
    return this.#to(`grade/edit/tree/index.php?id=${courseId}`);
  }

  #to(path: string): string | undefined {
    return this.#site === undefined ? undefined : `${this.#site}/${path}`;
  }
}
