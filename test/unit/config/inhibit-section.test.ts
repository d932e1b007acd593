import { describe, expect, it } from 'vitest';
import type { InhibitRule } from '../../../src/correlate/policy.ts';
import { valid } from './sections.ts';

function rulesOf(text: string): readonly InhibitRule[] {
  return valid(`inhibit_rules: ${text}`).policy.inhibitRules;
}

function oneOf(text: string): InhibitRule {
  const [rule] = rulesOf(text);
  if (rule === undefined) throw new Error('there is no rule');
  return rule;
}

describe('a rule of inhibition', () => {
  it("is written with matchers, or in Alertmanager's older form", () => {
    const rule = oneOf('[{source_matchers: [severity="critical"], target_match: {severity: warning}, target_match_re: {team: ml|db}, equal: [zone, cluster]}]');
    expect([rule.source.text, rule.target.text, rule.equal]).toEqual(['{severity="critical"}', '{severity="warning",team=~"ml|db"}', ['cluster', 'zone']]);
    const labels = (object: Readonly<Record<string, string>>) => new Map(Object.entries(object));
    expect(rule.source.matches(labels({ severity: 'critical' }))).toBe(true);
    expect(rule.target.matches(labels({ severity: 'warning', team: 'ml' }))).toBe(true);
    expect(rule.target.matches(labels({ severity: 'warning', team: 'web' }))).toBe(false);
  });

  it('has the same id however it is written, and another one when it says something else', () => {
    const id = oneOf('[{source_matchers: [a=b, c=d], target_matchers: [e=f], equal: [x, y]}]').id;
    expect(oneOf('[{source_match: {c: d}, source_matchers: [a=b], target_match: {e: f}, equal: [y, x]}]').id).toBe(id);
    expect(oneOf('[{source_matchers: [a=b, c=d], target_matchers: [e=f], equal: [x]}]').id).not.toBe(id);
    expect(oneOf('[{source_matchers: [e=f], target_matchers: [a=b, c=d], equal: [x, y]}]').id).not.toBe(id);
  });

  it('is about every alert on a side without matchers, as in Alertmanager, with a warning', () => {
    const config = valid('inhibit_rules: [{source_matchers: [a=b]}]');
    expect(config.policy.inhibitRules[0]?.target.matches(new Map())).toBe(true);
    expect(config.warnings.map(({ message }) => message)).toEqual(['inhibit_rules[0]: has no target_matchers, so that every alert is its target']);
  });

  it('is shown as it is in force', () => {
    expect(valid('inhibit_rules: [{name: x, source_match: {a: b}, target_matchers: [c=d], equal: [e]}]').document).toMatchObject({
      inhibit_rules: [{ source_matchers: ['{a="b"}'], target_matchers: ['{c="d"}'], equal: ['e'] }],
    });
  });
});
