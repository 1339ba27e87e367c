import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

/** Ends every run of more than ten files with the ten that took longest. */
export default class Slowest implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (modules.length <= COUNT) return;
    const slowest = modules
      .map((module) => ({
        file: relative('', module.moduleId),
        seconds: module.diagnostic().duration / 1000,
      }))
      .sort((a, b) => b.seconds - a.seconds)
      .slice(0, COUNT);
    console.log(`\nThe ${COUNT} slowest files, in seconds:`);
    for (const { file, seconds } of slowest) console.log(`${seconds.toFixed(1).padStart(8)}  ${file}`);
  }
}

const COUNT = 10;
