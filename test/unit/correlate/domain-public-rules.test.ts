// How many of 150 published alerting rules the classifier files where a person did, by no more than their names and the
// metrics that they read; half of them were kept out of sight while it was written.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { domainOf } from '../../../src/correlate/domain.ts';
import { labelsFromObject } from '../../../src/model/labels.ts';

/** A published rule, and the domains that it may be filed under, the best first. */
interface PublicRule {
  readonly name: string;
  readonly metrics: readonly string[];
  readonly accepted: readonly string[];
  readonly heldOut: boolean;
}

const { rules } = JSON.parse(readFileSync(new URL('../../testdata/public-alert-rules.json', import.meta.url), 'utf8')) as { rules: readonly PublicRule[] };

function isRight({ name, metrics, accepted }: PublicRule): boolean {
  const sourceLink = `http://p/graph?g0.expr=${encodeURIComponent(metrics.join(' + '))}&g0.tab=1`;
  const facts = { labels: labelsFromObject({ alertname: name }), annotations: new Map<string, string>(), entity: null, sourceLink, before: null };
  return accepted.includes(domainOf(facts, []).domain);
}

describe('the domains of published rules', () => {
  it.each([
    ['that the classifier was written with', false],
    ['that were held out', true],
  ])('are right for at least 92 in 100 of those %s', (_which, heldOut) => {
    const half = rules.filter((rule) => rule.heldOut === heldOut);
    const wrong = half.filter((rule) => !isRight(rule)).map(({ name }) => name);
    expect(half).toHaveLength(75);
    expect(1 - wrong.length / half.length, `${wrong.length} are wrong`).toBeGreaterThanOrEqual(0.92);
  });
});
