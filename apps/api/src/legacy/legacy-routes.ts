import { listOf, ownerMostCharacters, ownerPattern } from '#jobs';
import { localCaller } from '../access/caller.js';

/** The routes that predict, by the names that the setting has for them. */
const predicting = ['inference', 'predict', 'predictlabel', 'v1'] as const;
const routeNames = ['index', ...predicting] as const;
const words = routeNames.map((name) => (name === 'index' ? name : `${name}=MODEL`)).join(', ');

type RouteName = (typeof routeNames)[number];
export type PredictingName = (typeof predicting)[number];

/** What a route of an older server predicts with, and for whom. */
export interface PredictingRoute {
  name: PredictingName;
  /** `name`, `name@version` or `name@alias`; it need not be registered yet. */
  model: string;
  /** Whom its jobs belong to, as its callers show no key. */
  owner: string;
}

/** A route that is switched on. */
export type LegacyRoute = { name: 'index' } | PredictingRoute;

/** `name`, `name=model` or `name=model:owner`. */
const pattern = /^([^=]*)(?:=([^:=@\s]+(?:@[^:=@\s]+)?)(?::(.+))?)?$/;

/**
 * Reads `index,inference=fan-fault,predict=keyword@1.0.0:acme`.
 *
 * @param needsOwner whether each route that predicts must name its owner; if not, `local` is the default
 */
export function legacyRoutesSetting(needsOwner: boolean) {
  return listOf(',').transform((items, context): LegacyRoute[] => {
    const routes = items.flatMap((item) => {
      const route = toRoute(item, needsOwner);
      if (typeof route !== 'string') return [route];
      context.addIssue(route);
      return [];
    });
    for (const name of routeNames)
      if (routes.filter((route) => route.name === name).length > 1) context.addIssue(`must name ${name} once`);
    return routes;
  });
}

/** The route, or what is wrong with it; of the text only a route's name is repeated. */
function toRoute(text: string, needsOwner: boolean): LegacyRoute | string {
  const name = routeNames.find((known) => known === text.split('=')[0]);
  if (name === undefined) return `must be one or more of ${words}, separated by commas`;
  if (name === 'index') return text === name ? { name } : 'must name index without a model';
  const [, , model, owner = needsOwner ? undefined : localCaller.owner] = pattern.exec(text) ?? [];
  if (model === undefined) return `must name the model of ${name}: ${exampleOf(name, needsOwner)}`;
  if (owner === undefined) return `must name the owner that ${name} acts for: ${exampleOf(name, true)}`;
  if (!ownerPattern.test(owner) || owner.length > ownerMostCharacters)
    return `must name an owner of small letters, digits and single hyphens for ${name}`;
  return { name, model, owner };
}

function exampleOf(name: RouteName, withOwner: boolean): string {
  return `${name}=MODEL${withOwner ? ':OWNER' : ''}`;
}
