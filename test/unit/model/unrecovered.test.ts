import { describe, expect, it } from 'vitest';
import { unrecoveredBy, unrecoveredInWords } from '../../../src/model/unrecovered.ts';

describe("Grafana's reason of a state", () => {
  it.each([
    ['NoData', 'no-data', 'no data came'],
    ['Error', 'error', 'its rule could not be evaluated'],
    ['MissingSeries', 'missing-series', 'its series went missing'],
    ['Paused', 'rule-paused', 'its rule was paused'],
    ['RuleDeleted', 'rule-deleted', 'its rule was deleted'],
    ['Updated', 'rule-updated', 'its rule was changed'],
  ] as const)('%s is no recovery', (written, reason, words) => {
    expect(unrecoveredBy(new Map([['grafana_state_reason', written]]))).toBe(reason);
    expect(unrecoveredInWords(reason)).toBe(words);
  });

  it.each([[{}], [{ summary: 'NoData' }], [{ grafana_state_reason: '' }], [{ grafana_state_reason: 'KeepLast' }]])('is none in %j', (annotations) => {
    expect(unrecoveredBy(new Map(Object.entries(annotations)))).toBe(null);
  });
});
