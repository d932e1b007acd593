import { describe, expect, it } from 'vitest';
import { parseMatchers } from '../../../src/model/matcher.ts';
import { buildRouteTree, countRoutes, DEFAULT_TIMING, matchRoutes, type RouteSettings, routeAlert } from '../../../src/route/route-tree.ts';

function route(matchers: string, rest: Partial<RouteSettings> = {}): RouteSettings {
  return { receiver: null, continues: false, timing: {}, hours: null, routes: [], matchers: parseMatchers(matchers), ...rest };
}

function receivers(root: RouteSettings, labels: Readonly<Record<string, string>>): readonly string[] {
  return routeAlert(buildRouteTree(root), new Map(Object.entries(labels))).map(({ receiver }) => receiver);
}

const tree = route('', {
  receiver: 'everyone',
  routes: [
    route('team="ml"', {
      receiver: 'ml',
      routes: [route('severity="page"', { receiver: 'ml-pager' }), route('severity=~"warn|info"', { routes: [route('env="dev"', { receiver: 'nobody' })] })],
    }),
    route('severity="page"', { receiver: 'pager', continues: true }),
    route('env="prod"', { receiver: 'prod', continues: true }),
    route('env="prod",team="db"', { receiver: 'db' }),
    route('env="prod"', { receiver: 'late' }),
  ],
});

describe('which receivers an alert reaches', () => {
  it('is the root route when no other matches', () => {
    expect(receivers(tree, { team: 'web' })).toEqual(['everyone']);
    expect(receivers(tree, {})).toEqual(['everyone']);
  });

  it('is the deepest route that matches', () => {
    expect(receivers(tree, { team: 'ml', severity: 'page' })).toEqual(['ml-pager']);
    expect(receivers(tree, { team: 'ml' })).toEqual(['ml']);
    expect(receivers(tree, { team: 'ml', severity: 'warn', env: 'dev' })).toEqual(['nobody']);
  });

  it('is inherited from the route above where a route names none', () => {
    expect(receivers(tree, { team: 'ml', severity: 'info' })).toEqual(['ml']);
  });

  it('ends with the first match on a level unless that continues', () => {
    expect(receivers(tree, { team: 'ml', severity: 'page', env: 'prod' })).toEqual(['ml-pager']);
    expect(receivers(tree, { severity: 'page' })).toEqual(['pager']);
    expect(receivers(tree, { severity: 'page', env: 'prod', team: 'db' })).toEqual(['pager', 'prod', 'db']);
    expect(receivers(tree, { env: 'prod' })).toEqual(['prod', 'late']);
  });

  it('does not let a route below lead on when the route above does not continue', () => {
    const root = route('', {
      receiver: 'root',
      routes: [route('a="1"', { receiver: 'first', routes: [route('b="1"', { receiver: 'deep', continues: true })] }), route('a="1"', { receiver: 'second' })],
    });
    expect(receivers(root, { a: '1', b: '1' })).toEqual(['deep']);
  });
});

describe('the timing of a route', () => {
  it('is 10 s, 5 min and 4 h where nothing is said', () => {
    expect(DEFAULT_TIMING).toEqual({ groupWait: 10_000, groupInterval: 300_000, repeatInterval: 14_400_000 });
    expect(routeAlert(buildRouteTree(route('', { receiver: 'a' })), new Map())).toEqual([{ receiver: 'a', timing: DEFAULT_TIMING, path: '{}' }]);
  });

  it('is inherited, each of the three by itself', () => {
    const root = route('', {
      receiver: 'a',
      timing: { groupWait: 1000, repeatInterval: 60_000 },
      routes: [route('x="1"', { timing: { groupInterval: 2000 }, routes: [route('y="1"', { timing: { groupWait: 0 } })] })],
    });
    const [found] = routeAlert(
      buildRouteTree(root),
      new Map([
        ['x', '1'],
        ['y', '1'],
      ]),
    );
    expect(found).toEqual({ receiver: 'a', timing: { groupWait: 0, groupInterval: 2000, repeatInterval: 60_000 }, path: '{}/{x="1"}/{y="1"}' });
  });
});

describe('a receiver that several routes lead to', () => {
  const root = route('', {
    receiver: 'root',
    routes: [
      route('a="1"', { receiver: 'chat', continues: true, timing: { groupWait: 30_000, groupInterval: 1000, repeatInterval: 9000 } }),
      route('b="1"', { receiver: 'pager', continues: true }),
      route('c="1"', { receiver: 'chat', timing: { groupWait: 5000, groupInterval: 2000, repeatInterval: 8000 } }),
    ],
  });
  const labels = new Map([
    ['a', '1'],
    ['b', '1'],
    ['c', '1'],
  ]);

  it('comes once, at its first place, with the smallest of the timings', () => {
    expect(routeAlert(buildRouteTree(root), labels)).toEqual([
      { receiver: 'chat', timing: { groupWait: 5000, groupInterval: 1000, repeatInterval: 8000 }, path: '{}/{a="1"}' },
      { receiver: 'pager', timing: DEFAULT_TIMING, path: '{}/{b="1"}' },
    ]);
  });

  it('is still seen as often as it is routed to by those who ask for the routes', () => {
    expect(matchRoutes(buildRouteTree(root), labels).map((found) => found.receiver)).toEqual(['chat', 'pager', 'chat']);
  });
});

describe('routing many alerts', () => {
  it('gives the very same answer again where one route is taken, without making a new one', () => {
    const root = buildRouteTree(tree);
    const labels = new Map([
      ['team', 'ml'],
      ['severity', 'page'],
    ]);
    expect(routeAlert(root, labels)).toBe(routeAlert(root, labels));
  });
});

describe('counting routes', () => {
  it('counts the root and all below it', () => {
    expect(countRoutes(buildRouteTree(route('')))).toBe(1);
    expect(countRoutes(buildRouteTree(tree))).toBe(9);
  });
});

describe('the hours of a route', () => {
  const nights = { muteIn: ['nights'], activeIn: [] };
  const office = { muteIn: [], activeIn: ['office'] };
  const hoursOf = (root: RouteSettings, labels: Readonly<Record<string, string>>) =>
    routeAlert(buildRouteTree(root), new Map(Object.entries(labels))).map(({ receiver, hours }) => [receiver, hours]);

  it('are its own, and not those of the routes below it', () => {
    const root = route('', { receiver: 'a', routes: [route('x="1"', { hours: nights, routes: [route('y="1"', { receiver: 'b' })] })] });
    expect(hoursOf(root, { x: '1' })).toEqual([['a', [nights]]]);
    expect(hoursOf(root, { x: '1', y: '1' })).toEqual([['b', undefined]]);
  });

  it('of several routes to one receiver count together, and not at all where one is never muted', () => {
    const routes = [route('x="1"', { hours: nights, continues: true }), route('y="1"', { hours: office, continues: true }), route('z="1"')];
    const root = route('', { receiver: 'a', routes });
    expect(hoursOf(root, { x: '1', y: '1' })).toEqual([['a', [nights, office]]]);
    expect(hoursOf(root, { x: '1', z: '1' })).toEqual([['a', undefined]]);
  });
});
