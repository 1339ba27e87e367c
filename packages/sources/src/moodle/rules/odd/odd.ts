import type { Oddity } from '../judged.ts';
import type { MoodleLinks } from '../links.ts';
import { copies, reset, restored } from './copies.ts';
import { dated } from './dated.ts';
import { nameless } from './nameless.ts';
import type { Figured, Look } from './oddity.ts';
import { reenrolled } from './reenrolled.ts';
import { restricted } from './restricted.ts';
import { scales } from './scales.ts';
import { severalCodes } from './several-codes.ts';
import { oddCodes, respelled } from './spelling.ts';
import { unlike } from './unlike.ts';
import { unreported } from './unreported.ts';

const LOOKS: Look[] = [
  dated,
  severalCodes,
  respelled,
  oddCodes,
  unlike,
  unreported,
  restored,
  copies,
  reset,
  restricted,
  reenrolled,
  scales,
  nameless,
];

/** Everything odd of a course, each fault once. */
export function odditiesOf(judged: Figured, links: MoodleLinks): Oddity[] {
  return LOOKS.flatMap((look) => look(judged, links));
}
