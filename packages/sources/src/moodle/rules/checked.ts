import { SourceError } from '../../source.ts';
import type { MoodleRules } from '../settings.ts';

/** The rules, when they make sense. @throws SourceError `wrong` naming the one that does not. */
export function checkedRules(rules: MoodleRules): MoodleRules {
  for (const [name, min, max] of [
    ['avanceAprobacion', 0, 100],
    ['notaAprobacion', 0, 100],
    ['minutosEntreClics', 1, 24 * 60],
    ['exigencia', 1, 99],
    ['diasTrasTermino', 0, 366],
  ] as const) {
    const value = rules[name];
    if (value !== undefined && !(value >= min && value <= max))
      throw new SourceError(
        'wrong',
        `La regla \`${name}\` de puente.yaml no puede ser ${value}.`,
        `Escriba un número entre ${min} y ${max}.`,
      );
  }
  if (rules.camposRut?.length === 0)
    throw new SourceError(
      'wrong',
      '`camposRut` de la fuente, en puente.yaml, no nombra ningún campo.',
      'Escriba en qué campos de Moodle está el RUT, por ejemplo [rut, idnumber, username], o quítelo.',
    );
  if (rules.patronModulo !== undefined && !isPattern(rules.patronModulo))
    throw new SourceError(
      'wrong',
      'La regla `patronModulo` de puente.yaml no es una expresión regular válida.',
      'Corríjala, por ejemplo «([A-Z]{3}\\d{12})», o quítela para usar la lectura normal de los códigos.',
    );
  return rules;
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}
