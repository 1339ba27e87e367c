/** How `puente init` talks with a person. */
export interface Asker {
  text(question: Question): Promise<string>;
  /** What is typed is not shown. */
  secret(question: Question): Promise<string>;
  choose<T extends string>(message: string, options: Choice<T>[]): Promise<T>;
  chooseMany<T extends string>(message: string, options: Choice<T>[], chosen: T[]): Promise<T[]>;
  /** Something that was found out on the way. */
  tell(message: string): void;
  /** Shows that something takes its time. */
  during<T>(message: string, work: () => Promise<T>): Promise<T>;
}

export interface Question {
  message: string;
  /** Taken when nothing is typed. */
  suggestion?: string;
  /** What is wrong with an answer, in Spanish. */
  check?(answer: string): string | undefined;
}

export interface Choice<T extends string> {
  value: T;
  label: string;
  hint?: string;
}
