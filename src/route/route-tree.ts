// The routing tree: which routes an alert takes, as Alertmanager's dispatch/route.go decides it.

import type { RouteHours, Timing } from '../model/delivery.ts';
import type { Labels } from '../model/labels.ts';
import { formatMatchers, type Matcher, matchesAll } from '../model/matcher.ts';
import { HOUR, MINUTE, SECOND } from '../model/time.ts';

/** The timing of a root route that says nothing; Alertmanager's, but for a `group_wait` of 10 s as it has waited already. */
export const DEFAULT_TIMING: Timing = { groupWait: 10 * SECOND, groupInterval: 5 * MINUTE, repeatInterval: 4 * HOUR };

/** A route as configured: what it leaves out comes from the route above it. */
export interface RouteSettings {
  readonly receiver: string | null;
  /** All of them have to be fulfilled. */
  readonly matchers: readonly Matcher[];
  /** Whether an alert that took this route is also offered to those after it. */
  readonly continues: boolean;
  readonly timing: Partial<Timing>;
  /** When it is muted, which no route below inherits; null when it never is. */
  readonly hours: RouteHours | null;
  readonly routes: readonly RouteSettings[];
}

/** A receiver that an alert is routed to. */
export interface RoutedTo {
  readonly receiver: string;
  readonly timing: Timing;
  /** The hours of each of the routes that lead there; left out when one of them is never muted. */
  readonly hours?: readonly RouteHours[];
  /** The matchers of the routes from the root down, as Alertmanager's route key: `{}/{team="db"}`. */
  readonly path: string;
}

/** A route with everything that it inherits. */
export interface Route extends RoutedTo {
  readonly matchers: readonly Matcher[];
  readonly continues: boolean;
  readonly routes: readonly Route[];
  /** What an alert is routed to that takes this route alone. */
  readonly alone: readonly RoutedTo[];
}

/** Builds the tree below a root route; a root has to name a receiver, or it is the empty text. */
export function buildRouteTree(root: RouteSettings): Route {
  return buildRoute(root, { receiver: '', timing: DEFAULT_TIMING, path: '' });
}

function buildRoute(settings: RouteSettings, above: RoutedTo): Route {
  const { matchers, continues } = settings;
  const own: RoutedTo = {
    receiver: settings.receiver ?? above.receiver,
    timing: { ...above.timing, ...settings.timing },
    ...(settings.hours === null ? {} : { hours: [settings.hours] }),
    path: above.path === '' ? formatMatchers(matchers) : `${above.path}/${formatMatchers(matchers)}`,
  };
  return { ...own, matchers, continues, alone: [own], routes: settings.routes.map((route) => buildRoute(route, own)) };
}

/**
 * The routes that an alert with these labels takes, depth first and from the top: the deepest that
 * match, and after the first match on a level only those that `continue` leads to. Never empty for a
 * root without matchers.
 */
export function matchRoutes(root: Route, labels: Labels): readonly Route[] {
  const found: Route[] = [];
  collect(root, labels, found);
  return found;
}

function collect(route: Route, labels: Labels, found: Route[]): boolean {
  if (!matchesAll(route.matchers, labels)) return false;
  const before = found.length;
  for (const child of route.routes) {
    if (collect(child, labels, found) && !child.continues) break;
  }
  if (found.length === before) found.push(route);
  return true;
}

/**
 * The receivers that an alert with these labels is routed to, in the order of the tree. One that
 * several routes lead to comes once, at its first place, with the smallest of their timings.
 */
export function routeAlert(root: Route, labels: Labels): readonly RoutedTo[] {
  const routes = matchRoutes(root, labels);
  const [first] = routes;
  if (routes.length === 1 && first !== undefined) return first.alone;
  const receivers = new Map<string, RoutedTo>();
  for (const route of routes) {
    const known = receivers.get(route.receiver);
    receivers.set(route.receiver, known === undefined ? routedTo(route) : both(known, route));
  }
  return [...receivers.values()];
}

function routedTo({ receiver, timing, hours, path }: RoutedTo): RoutedTo {
  return { receiver, timing, path, ...(hours === undefined ? {} : { hours }) };
}

/** One receiver by two routes: muted while both are. */
function both(known: RoutedTo, { timing, hours }: RoutedTo): RoutedTo {
  const { receiver, path } = known;
  const quicker = { receiver, path, timing: quickest(known.timing, timing) };
  return known.hours === undefined || hours === undefined ? quicker : { ...quicker, hours: [...known.hours, ...hours] };
}

function quickest(a: Timing, b: Timing): Timing {
  return {
    groupWait: Math.min(a.groupWait, b.groupWait),
    groupInterval: Math.min(a.groupInterval, b.groupInterval),
    repeatInterval: Math.min(a.repeatInterval, b.repeatInterval),
  };
}

/** How many routes a tree has, its root included. */
export function countRoutes(root: Route): number {
  return root.routes.reduce((count, route) => count + countRoutes(route), 1);
}
