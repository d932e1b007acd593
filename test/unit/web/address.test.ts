import { describe, expect, it } from 'vitest';
import { filterHref, filterOf, NO_FILTER, queryOf, toggled } from '../../../web/filter.ts';
import { incidentHref, routeOf } from '../../../web/route.ts';

describe('an address', () => {
  it.each(['', '#', '#/', '#/incidents', '#/incidents/'])('%j shows what is not over', (hash) => {
    expect(routeOf(hash)).toEqual({ view: 'incidents', filter: NO_FILTER });
  });

  it('shows one incident, as messages lead to it', () => {
    expect(routeOf('#/incidents/01KJMSEG0058H9CPQHM6CY8Q3T')).toEqual({ view: 'incident', id: '01KJMSEG0058H9CPQHM6CY8Q3T' });
    expect(routeOf(incidentHref('a/b?c#d%'))).toEqual({ view: 'incident', id: 'a/b?c#d%' });
    expect(routeOf('#/incidents/%E0%A4%A')).toEqual({ view: 'incident', id: '%E0%A4%A' });
  });

  it('shows what is held back, and says when there is nothing', () => {
    expect(routeOf('#/suppressions')).toEqual({ view: 'suppressions' });
    expect(routeOf('#/nowhere/at/all')).toEqual({ view: 'unknown', path: '/nowhere/at/all' });
  });

  it('keeps a filter', () => {
    const filter = { status: ['open'], severity: ['critical', 'warning'], domain: ['model'], matcher: ['service="ranker & co"', 'a=~"b?c#d"'] } as const;
    expect(routeOf(filterHref(filter))).toEqual({ view: 'incidents', filter });
    expect(filterHref(NO_FILTER)).toBe('#/');
  });

  it('passes over what is not known', () => {
    expect(filterOf(new URLSearchParams('status=on+fire&severity=info&severity=info&matcher=+&domain=__proto__'))).toEqual({
      ...NO_FILTER,
      severity: ['info'],
    });
  });
});

describe('what is asked for', () => {
  it('is what is not over, unless a status is chosen', () => {
    expect(queryOf(NO_FILTER).toString()).toBe('status=open&status=acknowledged');
    expect(queryOf({ ...NO_FILTER, status: ['resolved'], matcher: ['a="b"'] }).toString()).toBe('status=resolved&matcher=a%3D%22b%22');
  });

  it('is chosen and taken back', () => {
    expect(toggled(['a', 'b'], 'c')).toEqual(['a', 'b', 'c']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });
});
