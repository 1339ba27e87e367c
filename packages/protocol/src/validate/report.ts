import type { Codigo } from '../catalogue.ts';
import type { Issue } from '../issue.ts';

/** Whom a part of a body is about. */
type About = Pick<Issue, 'scope' | 'rut' | 'codigoModulo' | 'position'>;

/** Where findings go while a body is read; each part of the body has its own, which knows whom it is about. */
export class Report {
  readonly issues: Issue[];
  readonly #about: About;

  constructor(about: About, issues: Issue[] = []) {
    this.#about = about;
    this.issues = issues;
  }

  /** A report into the same list, about a part of this one's. */
  about(part: About): Report {
    return new Report({ ...this.#about, ...part }, this.issues);
  }

  /** Whether an error was found since there were `start` findings. */
  foundErrors(start: number): boolean {
    return this.issues.slice(start).some(({ severity }) => severity === 'error');
  }

  /** What the service rejects. */
  error(code: Codigo | null, path: string, message: string, fix: string): void {
    this.issues.push({ ...this.#about, code, severity: 'error', path, message, fix });
  }

  /** What the service takes and is likely not meant. */
  warn(code: Codigo | null, path: string, message: string, fix: string): void {
    this.issues.push({ ...this.#about, code, severity: 'warning', path, message, fix });
  }
}
