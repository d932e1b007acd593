import { describe, expect, it } from 'vitest';
import { metricNamesOf } from '../../../src/correlate/metric-names.ts';

describe('the metrics that an expression reads', () => {
  it.each<[string, readonly string[]]>([
    ['up == 0', ['up']],
    ['ALERTS{alertname="X"}', ['ALERTS']],
    [
      'sum by (job, instance) (rate(http_requests_total{code=~"5..", path!="sum(x)"}[5m])) / sum without (code) (requests:all)',
      ['http_requests_total', 'requests:all'],
    ],
    ['sum(rate(a[5m])) by (le) > 0.5e3 and on (pod, node) group_left (model) b offset 5m unless c @ end()', ['a', 'b', 'c']],
    ['histogram_quantile(0.99, sum(rate(vllm:ttft_seconds_bucket[5m])) by (le, model_name))', ['vllm:ttft_seconds_bucket']],
    ['DCGM_FI_DEV_XID_ERRORS > 0 and DCGM_FI_DEV_XID_ERRORS != 13', ['DCGM_FI_DEV_XID_ERRORS']],
    ['{__name__="node_load1", job="node"} > 5', ['node_load1']],
    ['{__name__=~"node_.*"}', []],
    ['{"my.metric", job="x"} + {"other"}', ['my.metric', 'other']],
    ['foo{bar="\\"}baz", x=\'}\'} + qux', ['foo', 'qux']],
    ['label_replace(a, "dst", "$1", "src", "(.*)") or absent(b{x="y"})', ['a', 'b']],
    ['max_over_time((a > bool 3)[1h:5m]) # b is a comment\n + d', ['a', 'd']],
    ['TOPK(3, a) AND ON(x) b', ['a', 'b']],
    ['count_values by ("x") ("value", a) == Inf', ['a']],
    ['rate(a[$__rate_interval]) > $threshold', ['a']],
    [`a + \${other:raw} + b`, ['a', 'b']],
    ['-1 * 0x1F + 1e-3', []],
    ['', []],
  ])('%s', (expression, names) => {
    expect(metricNamesOf(expression)).toEqual(names);
  });

  it('is at most 16 of them', () => {
    expect(metricNamesOf(Array.from({ length: 40 }, (_, i) => `m${i}`).join(' + '))).toHaveLength(16);
  });

  it.each([
    ['open braces', '{'.repeat(200_000)],
    ['open ranges', 'a['.repeat(100_000)],
    ['open strings', '"\\'.repeat(100_000)],
    ['open lists', 'by('.repeat(100_000)],
    ['spaces', `sum${' '.repeat(200_000)}`],
    ['strings in braces', `{${'"",'.repeat(100_000)}`],
  ])('survives %s', (_case, text) => {
    const began = process.hrtime.bigint();
    expect(metricNamesOf(text).length).toBeLessThanOrEqual(16);
    expect(Number(process.hrtime.bigint() - began)).toBeLessThan(200e6);
  });
});
