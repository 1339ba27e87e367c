import { fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from './simulate.ts';

export interface SeedsRequest {
  /** The first seed. */
  from: number;
  count: number;
  /** Processes at once. */
  jobs: number;
  /** Told as they come; true: enough has been seen. */
  onReport?: (report: Report) => boolean;
}

/**
 * Runs seeds in processes of their own, as built: whoever changes a source builds first. Reports come in the order of
 * their seeds.
 * @throws Error where a process ends before its seeds do.
 */
export async function runSeeds({ from, count, jobs, onReport }: SeedsRequest): Promise<Report[]> {
  const worker = join(
    dirname(fileURLToPath(import.meta.resolve('@puente-sic/testing'))),
    'simulation',
    'worker.js',
  );
  const reports: Report[] = [];
  let isEnough = false;
  await Promise.all(
    Array.from({ length: jobs }, async (_, index) => {
      const child = fork(worker, [from + index, from + count, jobs].map(String));
      child.on('message', (report: Report) => {
        reports.push(report);
        isEnough ||= onReport?.(report) ?? false;
        if (isEnough) child.kill();
      });
      const [code] = await once(child, 'exit');
      if (code !== 0 && !isEnough)
        throw new Error(`A simulation ended with ${code} after seed ${reports.at(-1)?.seed}`);
    }),
  );
  return reports.sort((a, b) => a.seed - b.seed);
}
