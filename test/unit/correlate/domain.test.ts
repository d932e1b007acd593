import { describe, expect, it } from 'vitest';
import { type DomainFacts, domainOf, wordsOf } from '../../../src/correlate/domain.ts';
import type { Domain } from '../../../src/model/severity.ts';
import { labels } from './scenario.ts';

function facts(alertname: string, given: Partial<DomainFacts> = {}): DomainFacts {
  return { labels: labels({ alertname }), annotations: new Map(), entity: null, sourceLink: '', before: null, ...given };
}

describe('the domain of an alert', () => {
  it.each<[string, DomainFacts, Domain]>([
    ['a card that reports an Xid', facts('GpuXidErrors', { entity: 'gpu/GPU-1' }), 'infra'],
    ['a full disk of a database', facts('DiskFull', { entity: 'node/pg-1' }), 'infra'],
    ['stale features', facts('FeatureFreshnessLow', { entity: 'feature/user_ctr' }), 'data'],
    ['schema drift, which is of data', facts('SchemaDrift', { entity: 'table/clicks' }), 'data'],
    ['prediction drift', facts('PredictionDrift', { entity: 'model/ranker' }), 'model'],
    ['an error budget', facts('ErrorBudgetBurn', { entity: 'service/search' }), 'application'],
    ['revenue', facts('RevenueLow', { entity: 'kpi/revenue' }), 'business'],
    ['a metric named only in the expression', facts('Rule17', { sourceLink: 'https://prometheus.example.com/graph?g0.expr=DCGM_FI_DEV_XID%3E0' }), 'infra'],
    ['a summary in prose', facts('Rule17', { annotations: labels({ summary: 'Checkout orders fell by half' }) }), 'business'],
    ['the kind of its entity alone', facts('Rule17', { entity: 'dag/daily' }), 'data'],
    ['nothing that tells', facts('Rule17'), 'unknown'],
  ])('%s', (_case, given, domain) => {
    expect(domainOf(given, []).domain).toBe(domain);
  });

  it('is what the first matching rule of the configuration says', () => {
    const rules = [
      { matches: () => false, domain: 'data' as const, source: 'team="data"' },
      { matches: () => true, domain: 'business' as const, source: 'team="shop"' },
    ];
    expect(domainOf(facts('GpuXidErrors', { before: 'infra' }), rules)).toEqual({
      domain: 'business',
      evidence: { kind: 'domain-rule', summary: 'the configuration says so for team="shop"' },
    });
  });

  it('stays what the very alert was known as', () => {
    expect(domainOf(facts('GpuXidErrors', { before: 'application' }), []).domain).toBe('application');
  });

  it('says when nothing tells it', () => {
    expect(domainOf(facts('Rule17'), []).evidence).toEqual({ kind: 'domain-words', summary: 'nothing tells its domain', value: 0 });
  });

  it('is not confused by a link that cannot be decoded', () => {
    expect(domainOf(facts('Rule17', { sourceLink: 'https://prometheus.example.com/graph?g0.expr=%E0%A4%A' }), []).domain).toBe('unknown');
  });
});

describe('the words of a name', () => {
  it.each([
    ['NodeDiskFull_p99', 'node disk full p99'],
    ['GPUXidErrors', 'gpu xid errors'],
    ['model:latency-high (p99)', 'model latency high p99'],
    ['', ''],
  ])('of %j are %j', (text, words) => {
    expect(wordsOf(text)).toBe(words);
  });
});
