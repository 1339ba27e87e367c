import type { PutBack } from './fault.ts';
import { HISTORY_AND_LEDGER } from './history.ts';
import { NIGHT } from './night.ts';
import { ONCE } from './once.ts';
import { OWN } from './own.ts';
import { SECURITY } from './security.ts';

/** Guards whose removal the engine's own tests once did not see, faults that were once there, and mutations. */
export const PUT_BACK: readonly PutBack[] = [...NIGHT, ...ONCE, ...OWN, ...HISTORY_AND_LEDGER, ...SECURITY];
