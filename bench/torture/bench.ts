import type { Bench } from '../bench.ts';
import { torture } from './torture.ts';

/** `npm run bench -- tortura --noche N`: N thousand nights (1: the full torture, about an hour); 0: ten nights. */
export const tortureBench: Bench = {
  name: 'tortura',
  about:
    'real engine and real Gestor, both killed at random over a bad line; everything under "wrong" must be 0',
  async run({ noche }) {
    const nights = Math.max(10, Math.round(noche * 1000));
    const started = performance.now();
    await torture({
      ...{ nights, seed: 1, faultEvery: 3, killEvery: 30, stretch: 20 },
      onStretch: (tally) => {
        const seconds = Math.round((performance.now() - started) / 1000);
        console.log(JSON.stringify(tally.nights < nights ? tally : { ...tally, seconds }));
        if (Object.values(tally.wrong).some((count) => count > 0)) process.exitCode = 1;
      },
    });
  },
};
