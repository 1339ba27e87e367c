import type { Completion, CourseModule } from '../site.ts';

/**
 * Whether an activity counts as done at a moment. States 1 (done) and 2 (done, passed) do. State 3 (failing grade)
 * has two meanings: with `completionpassgrade` the condition is not met; without it any grade suffices and the
 * student sees "done". What is ticked by hand is done in state 1 alone. Where the reader cannot tell what state 3
 * means, Moodle's own verdict decides, and without one it is not done: a percentage must never have to go down.
 */
export function isDone(module: CourseModule, completion: Completion | undefined, at: Date): boolean {
  if (!completion || (completion.time !== null && completion.time.getTime() > at.getTime())) return false;
  if (module.completion === 1) return completion.state === 1;
  if (completion.state === 1 || completion.state === 2) return true;
  if (completion.state !== 3) return false;
  return module.passGradeRequired === null ? completion.overall === true : !module.passGradeRequired;
}
