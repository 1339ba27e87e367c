import { scenarioOf } from './src/simulation/scenario.ts';

const s = scenarioOf(Number(process.argv[2]));
console.log(
  s.version,
  s.tickEvery / 60000,
  s.weather.map((w) => ({
    ...w,
    from: new Date(w.from).toISOString(),
    to: Number.isFinite(w.to) ? new Date(w.to).toISOString() : '∞',
  })),
  s.acts.map((a) => ({ ...a, at: new Date(a.at).toISOString() })),
  s.changes.map((a) => ({ ...a, at: new Date(a.at).toISOString() })),
);
