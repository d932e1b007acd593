import { describe, expect, it } from 'vitest';
import { expressionOf, picksServerErrors } from '../../../src/correlate/rule-expression.ts';

describe('the expression of a rule', () => {
  it.each([
    ['the link of Prometheus', 'http://p:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1', 'up == 0'],
    ['a parameter that is not the first', 'http://p/graph?g0.tab=1&g0.expr=a%7Bb%3D%22%C3%BC%22%7D', 'a{b="ü"}'],
    ['a parameter named expr', 'http://p/vmui?expr=up', 'up'],
    ['a fragment behind it', 'http://p/graph?g0.expr=up#x', 'up'],
    ['a wrong escape', 'http://p/graph?g0.expr=up%20%E0%A4%A', 'up    A'],
    ['no query', 'http://p/alerting/grafana/4qg/view', ''],
    ['another query', 'http://p/alerting/grafana/4qg/view?orgId=1', ''],
    ['no link', '', ''],
  ])('in %s', (_case, link, expression) => {
    expect(expressionOf(link)).toBe(expression);
  });

  it('is cut to four thousand characters', () => {
    expect(expressionOf(`http://p/graph?g0.expr=${'a'.repeat(9000)}`)).toBe('a'.repeat(4000));
  });

  it('is read where the cut tears an escape', () => {
    expect(expressionOf(`http://p/graph?g0.expr=up${'%F0%9F%98%80'.repeat(2000)}`)).toMatch(/^up +$/);
  });
});

describe('an expression picks server errors', () => {
  it.each([
    'rate(http_requests_total{code=~"5.."}[5m])',
    'rate(http_requests_total{status_code=~"5xx"}[5m])',
    'rate(http_requests_total{status=~"^5[0-9]{2}"}[5m])',
    "rate(http_requests_total{response_code='503'}[5m])",
    'rate(http_requests_total{code!~"5.+"}[5m])',
  ])('in %s', (expression) => {
    expect(picksServerErrors(expression)).toBe(true);
  });

  it.each(['rate(http_requests_total{code=~"4.."}[5m])', 'rate(http_seconds_bucket{le="5.0"}[5m])', 'up{instance="500"} == 0', ''])(
    'and not in %s',
    (expression) => {
      expect(picksServerErrors(expression)).toBe(false);
    },
  );
});
