import type { Completion, CourseModule } from '../site.ts';
import type { WsStatus } from './schemas.ts';

/** One student's answer of `core_completion_get_activities_completion_status`, as kept. */
export function readStatuses(statuses: WsStatus[]): Map<number, Completion> {
  return new Map(
    statuses.map((status) => [
      status.cmid,
      {
        state: status.state,
        time: status.timecompleted ? new Date(status.timecompleted * 1000) : null,
        overall: status.isoverallcomplete ?? null,
        overridden: Boolean(status.overrideby),
      },
    ]),
  );
}

/** Tracked activities of the contents that a student's answer lacks, and the reverse: both should know the same. */
export function disagreement(
  modules: CourseModule[],
  completions: Map<number, Map<number, Completion>>,
): { onlyContents: CourseModule[]; onlyCompletion: number[] } {
  const tracked = modules.filter(({ completion }) => completion > 0);
  const all = new Set(modules.map(({ id }) => id));
  const answered = new Set([...completions.values()].flatMap((own) => [...own.keys()]));
  return {
    onlyContents: completions.size === 0 ? [] : tracked.filter(({ id }) => !answered.has(id)),
    onlyCompletion: [...answered].filter((cmid) => !all.has(cmid)),
  };
}
