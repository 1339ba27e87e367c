import fc from 'fast-check';

/**
 * Property tests draw the same each time, so that a change is told by what it changed: a fault that a chance draw meets
 * would stop whoever comes by. `PUENTE_SEMILLA=7 npm test` draws others; the long scripts draw new ones each time.
 */
fc.configureGlobal({ seed: Number(process.env.PUENTE_SEMILLA ?? 20_261_201) });
