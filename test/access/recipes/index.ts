import type { DeclaredRoute } from '../../../src/http/registrar.js';
import { audit } from './audit.js';
import { intake } from './intake.js';
import { api, site } from './public.js';
import { offices } from './offices.js';
import type { Recipe } from './recipe.js';
import { registry } from './registry.js';
import { review } from './review.js';
import { signIn } from './sign-in.js';

/**
 * How to ask each address of the site, by method and path. Whoever adds an address adds its line to the
 * file of its room; an address without one fails the access test.
 */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  ...site,
  ...api,
  ...signIn,
  ...registry,
  ...intake,
  ...offices,
  ...review,
  ...audit,
};

/** The stylesheet's name changes with its content. */
export const keyOf = ({ method, path }: DeclaredRoute): string =>
  `${method} ${path.replace(/^\/style\.[0-9a-f]+\.css$/, '/style.*.css')}`;

export function recipeOf(route: DeclaredRoute): Recipe {
  const recipe = RECIPES[keyOf(route)];
  if (recipe) return recipe;
  throw new Error(
    `The address "${keyOf(route)}" has no recipe, so nobody knows whether it leaks: add a line to ` +
      'test/access/recipes (open, shows, finds, acts or makes; see recipe.ts).',
  );
}

/** Addresses nobody can say a recipe for, and recipes of addresses that are gone. */
export function recipeProblems(routes: readonly DeclaredRoute[]): string[] {
  const keys = new Set(routes.map(keyOf));
  return [
    ...routes.filter((route) => !RECIPES[keyOf(route)]).map((one) => `${keyOf(one)} has no recipe`),
    ...Object.keys(RECIPES)
      .filter((key) => !keys.has(key))
      .map((key) => `the recipe of "${key}" is of an address that is not declared`),
  ];
}
