import type { SqlDb } from '../db/db.ts';
import { SourceError } from '../source.ts';
import type { Queries } from './queries.ts';
import type { Recipe } from './recipe.ts';
import { tutorLms } from './tutor/tutor-lms.ts';

/** By `receta` in puente.yaml. */
export const RECIPES: Readonly<Record<string, Recipe>> = { 'tutor-lms': tutorLms };

/** @throws SourceError `wrong` where there is no such recipe, or a parameter is none or not what it may be. */
export function recipeOf(
  name: string,
  given: Readonly<Record<string, string>>,
  url: string,
): (db: SqlDb) => Promise<Queries> {
  const recipe = RECIPES[name];
  if (recipe === undefined)
    throw wrong(
      `No hay una receta «${name}».`,
      `Las hay para ${Object.keys(RECIPES).join(', ')}; para otro LMS escriba \`consultas\`.`,
    );
  if (!recipe.engines.some((engine) => url.startsWith(engine)))
    throw wrong(
      `La receta «${name}» no es para esa clase de base.`,
      `Es para ${recipe.engines.join(' o ')}.`,
    );
  const names = Object.keys(recipe.parameters);
  for (const [parameter, value] of Object.entries(given)) {
    const known = recipe.parameters[parameter];
    if (known === undefined)
      throw wrong(`La receta «${name}» no tiene el parámetro «${parameter}».`, `Tiene ${names.join(', ')}.`);
    if (!known.pattern.test(value))
      throw wrong(
        `El parámetro «${parameter}» no puede ser «${value}».`,
        `Es ${known.about}, como «${known.preset}».`,
      );
  }
  const presets = Object.fromEntries(names.map((each) => [each, recipe.parameters[each]?.preset ?? '']));
  return (db) => recipe.queries(db, { ...presets, ...given });
}

function wrong(message: string, fix: string): SourceError {
  return new SourceError('wrong', message, fix);
}
