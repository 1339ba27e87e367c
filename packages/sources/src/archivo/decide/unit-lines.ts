import { unitOf } from '../qualified.ts';
import type { TimeUnit } from './scales.ts';

/** What a line of a sheet says of its times. */
export interface UnitLine {
  unit: TimeUnit;
  /** It says that and nothing else; otherwise it may be about another time (`Tiempo mínimo en minutos: 120`). */
  bare: boolean;
}

/** `Tiempos en minutos`, `Tiempo de conexión: horas`, `Los tiempos NO están en minutos`. */
const MENTION = /(?<!\p{L})tiempos?(?!\p{L}).*?(?:(?<!\p{L})en|:)\s*\(?\s*(\p{L}+)/giu;
/** Words of a statement about all times of a table; any other word, or a figure, is about something else. */
const PLAIN =
  /^(?:tiempos?|los|las|la|el|de|del|y|en|est[aá]n?|va|van|vienen?|se|mide|miden|indican?|informan?|expresad[oa]s?|indicad[oa]s?|medid[oa]s?|registrad[oa]s?|conexi[oó]n|conectividad|conectad[oa]s?|dedicaci[oó]n|m[oó]dulos?|curso|alumn[oa]s?|participantes?|todos|unidad|nota)$/iu;

/** What a line that stands alone in its row says of the unit of times; null: nothing. */
export function unitLineOf(text: string): UnitLine | null {
  const units = [...text.matchAll(MENTION)].flatMap(([, word = '']) => unitOf(word) ?? []);
  const unit = units.find((each) => each !== 'segundos') ?? units[0];
  if (unit === undefined) return null;
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const others = words.filter((word) => !PLAIN.test(word));
  return { unit, bare: others.length === 1 && unitOf(others[0] ?? '') === unit && !/[/?]/.test(text) };
}
