import { describe, expect, it } from 'vitest';
import { DEFAULT_SUPPRESSION } from '../../../../src/config/suppression-section.ts';
import { marksOf, matchedRules, ruleVerdict } from '../../../../src/correlate/hold/rule.ts';
import type { AlertCondition, SuppressionRule } from '../../../../src/correlate/policy.ts';
import { DAY, HOUR, MINUTE } from '../../../../src/model/time.ts';
import { at, labels } from '../scenario.ts';
import { Stage } from './stage.ts';

/** A rule that suppresses alerts of DiskFull, but for what is said otherwise. */
const rule = (given: Partial<SuppressionRule> = {}): SuppressionRule => ({
  name: 'quiet',
  matches: (of) => of.get('alertname') === 'DiskFull',
  source: 'alertname="DiskFull"',
  action: 'suppress',
  for: null,
  isActive: () => true,
  expires: null,
  comment: '',
  when: null,
  unless: null,
  ...given,
});
/** That errors of the same team fire, or did in the last ten minutes. */
const errors = (given: Partial<AlertCondition> = {}): AlertCondition => ({
  id: '0',
  matches: (of) => of.get('alertname') === 'Errors',
  equal: ['team'],
  count: 1,
  within: 10 * MINUTE,
  source: 'alertname="Errors"',
  ...given,
});
const NOW = at('10:00');
const DISK = labels({ alertname: 'DiskFull' });
/** What rules decide of an alert of DiskFull when so many others carry whichever mark. */
const decided = (rules: readonly SuppressionRule[], others = 0) =>
  ruleVerdict(matchedRules(rules, DISK), rules, { counted: () => others, canDigest: true, now: NOW });

describe('the rules of the configuration', () => {
  it('decide nothing where none matches', () => {
    expect(decided([])).toBe(null);
    expect(decided([rule({ matches: () => false })])).toBe(null);
  });

  it.each([
    ['suppress', { reason: 'rule', digest: false, alone: true, until: NOW + DAY }],
    ['digest', { reason: 'rule', digest: true, alone: true, until: NOW + DAY }],
    ['hold', { reason: 'rule', digest: false, alone: false, until: NOW + 10 * MINUTE }],
  ] as const)('that say %s hold it back as such, and never for ever', (action, verdict) => {
    expect(decided([rule({ action })])).toMatchObject({ kind: 'hold', rule: 'quiet', thin: false, ...verdict });
  });

  it('hold for as long as they say, and not beyond their expiry', () => {
    expect(decided([rule({ for: HOUR })])).toMatchObject({ until: NOW + HOUR });
    expect(decided([rule({ for: HOUR, expires: NOW + MINUTE })])).toMatchObject({ until: NOW + MINUTE });
  });

  it('that say notify exempt it', () => {
    expect(decided([rule({ action: 'notify' })])).toMatchObject({ kind: 'tell' });
  });

  it('decide by the first that matches', () => {
    expect(decided([rule({ name: 'never', action: 'notify' }), rule()])).toMatchObject({ kind: 'tell' });
    expect(decided([rule(), rule({ name: 'never', action: 'notify' })])).toMatchObject({ kind: 'hold', rule: 'quiet' });
  });

  it('pass over one that has expired, or is outside of its time intervals', () => {
    const next = rule({ name: 'next' });
    expect(decided([rule({ expires: NOW }), next])).toMatchObject({ rule: 'next' });
    expect(decided([rule({ expires: NOW + 1 }), next])).toMatchObject({ rule: 'quiet' });
    expect(decided([rule({ isActive: (instant) => instant !== NOW }), next])).toMatchObject({ rule: 'next' });
  });

  it('pass over one whose conditions do not hold', () => {
    expect(decided([rule({ when: errors({ count: 2 }) })], 1)).toBe(null);
    expect(decided([rule({ when: errors({ count: 2 }) })], 2)).not.toBe(null);
    expect(decided([rule({ unless: errors({ count: 2 }) })], 1)).not.toBe(null);
    expect(decided([rule({ unless: errors({ count: 2 }) })], 2)).toBe(null);
  });

  it('say in their evidence what they rest on', () => {
    expect(decided([rule({ when: errors(), unless: errors({ count: 3 }), expires: NOW + DAY })], 2)?.evidence).toEqual([
      {
        kind: 'rule',
        summary:
          'the rule "quiet" says suppress for alertname="DiskFull" while an alert of alertname="Errors" fires or did in the last 10 min' +
          ' unless 3 alerts of alertname="Errors" fire or did in the last 10 min until 2026-03-02T10:00:00Z',
      },
    ]);
  });
});

describe('the mark of a condition', () => {
  it('holds the values that have to be equal, a missing label as an empty one', () => {
    expect(marksOf([errors()], labels({ alertname: 'Errors', team: 'ranker' }))).toEqual(['0\u0000ranker']);
    expect(marksOf([errors()], labels({ alertname: 'Errors' }))).toEqual(['0\u0000']);
    expect(marksOf([errors()], DISK)).toEqual([]);
  });

  it('is that which an alert with the same values looks for', () => {
    const [matched] = matchedRules([rule({ when: errors() })], labels({ alertname: 'DiskFull', team: 'ranker' }));
    expect(matched?.when).toEqual({ mark: '0\u0000ranker', count: 1, within: 10 * MINUTE, source: 'alertname="Errors"' });
  });
});

describe('an alert that a rule holds back', () => {
  const stageWith = (...rules: readonly SuppressionRule[]) =>
    new Stage({
      staleAfter: 72 * HOUR,
      suppression: { ...DEFAULT_SUPPRESSION, rules, conditions: rules.flatMap(({ when, unless }) => [when, unless].flatMap((condition) => condition ?? [])) },
    });
  const DRIFT = { labels: { alertname: 'DiskFull', node: 'n', team: 'ranker' } };
  const ERRORS = { labels: { alertname: 'Errors', node: '', service: 'far', team: 'ranker' } };
  /** Drift is told of only while errors of the same team fire, too. */
  const PAGE_WITH = rule({ unless: errors() });

  it('is not told while it fires, and accounted for when it ends', () => {
    const stage = stageWith(rule());
    stage.fires('10:00', 'a', DRIFT);
    stage.until('12:00');
    stage.clears('12:00', 'a');
    stage.until('18:00');
    expect(stage.told).toEqual([]);
    expect(stage.ledger()).toEqual({ received: 2, rule: 2 });
    expect(stage.suppressions).toMatchObject([{ reason: 'rule', rule: 'quiet', outcome: 'untold', until: at('12:00') }]);
  });

  it('is not told though other alerts of its incident are', () => {
    const stage = stageWith(rule());
    stage.fires('10:00', 'a', DRIFT);
    stage.fires('10:00:05', 'b', { labels: { node: 'n' } });
    stage.until('10:01');
    expect(stage.incidentOf('a').id).toBe(stage.incidentOf('b').id);
    expect(stage.alert('a').hold?.reason).toBe('rule');
    expect(stage.ledger()).toEqual({ received: 2, notified: 1, pending: 1 });
  });

  it('is judged anew when its time is over: told where the rule said how long, else held on', () => {
    const bounded = stageWith(rule({ for: HOUR }));
    bounded.fires('10:00', 'a', DRIFT);
    bounded.until('11:01');
    expect(bounded.since('10:00')).toEqual(['11:00:00 trigger']);
    const unbounded = stageWith(rule());
    unbounded.fires('10:00', 'a', DRIFT);
    unbounded.until('+1d 10:01');
    expect(unbounded.alert('a').hold?.until).toBe(at('+2d 10:00'));
  });

  it('is told when the rule expires', () => {
    const stage = stageWith(rule({ expires: at('10:30') }));
    stage.fires('10:00', 'a', DRIFT);
    stage.until('10:31');
    expect(stage.since('10:00')).toEqual(['10:30:00 trigger']);
  });

  it('is named in a digest when the rule says so, once it ended', () => {
    const stage = stageWith(rule({ action: 'digest' }));
    stage.fires('10:00', 'a', DRIFT);
    stage.clears('10:20', 'a');
    stage.until('16:21');
    expect(stage.since('10:00')).toEqual(['16:20:00 digest']);
    expect(stage.told[0]?.entries).toMatchObject([{ fingerprint: 'a', reason: 'rule', count: 1 }]);
  });

  it('is told as soon as another alert begins that the rule must not act beside', () => {
    const stage = stageWith(PAGE_WITH);
    stage.fires('10:00', 'a', DRIFT);
    stage.until('10:19');
    expect(stage.told).toEqual([]);
    stage.fires('10:20', 'e', ERRORS);
    stage.until('10:20:01');
    expect(stage.since('10:00')).toContain('10:20:00 trigger');
    expect(stage.alert('a').hold).toBe(null);
    expect(stage.suppressions).toMatchObject([{ reason: 'rule', outcome: 'released' }]);
  });

  it('is not told for an alert of another team', () => {
    const stage = stageWith(PAGE_WITH);
    stage.fires('10:00', 'a', DRIFT);
    stage.fires('10:20', 'e', { labels: { ...ERRORS.labels, team: 'reader' } });
    stage.until('11:00');
    expect(stage.alert('a').hold).not.toBe(null);
  });

  it('is told at once when such an alert fires already, or did within the time', () => {
    const stage = stageWith(PAGE_WITH);
    stage.fires('10:00', 'e', ERRORS);
    stage.clears('10:05', 'e');
    stage.fires('10:14', 'a', DRIFT);
    expect(stage.alert('a').hold).toBe(null);
    stage.clears('10:15', 'a');
    stage.fires('10:16', 'a', DRIFT);
    expect(stage.alert('a').hold?.reason).toBe('rule');
  });

  it('is told when what the rule needs has ended, so long ago as it counts', () => {
    const stage = stageWith(rule({ when: errors() }));
    stage.fires('10:00', 'e', ERRORS);
    stage.fires('10:01', 'a', DRIFT);
    expect(stage.alert('a').hold?.reason).toBe('rule');
    stage.clears('10:30', 'e');
    stage.until('10:39');
    expect(stage.alert('a').hold?.reason).toBe('rule');
    stage.until('10:42');
    expect(stage.alert('a').hold).toBe(null);
  });

  it('is told then also where that had ended before it began', () => {
    const stage = stageWith(rule({ when: errors() }));
    stage.fires('10:00', 'e', ERRORS);
    stage.clears('10:05', 'e');
    stage.fires('10:10', 'a', DRIFT);
    expect(stage.alert('a').hold?.reason).toBe('rule');
    stage.until('10:30');
    expect(stage.alert('a').hold).toBe(null);
  });

  it('is told then also after a restart', () => {
    const stage = stageWith(rule({ when: errors() }));
    stage.fires('10:00', 'e', ERRORS);
    stage.fires('10:01', 'a', DRIFT);
    stage.clears('10:30', 'e');
    stage.restart();
    stage.until('10:50');
    expect(stage.alert('a').hold).toBe(null);
  });

  it('that the rule exempts is not held by any statistic', () => {
    const stage = stageWith(rule({ action: 'notify' }));
    stage.learn('a', 40_000, { from: '00:00', every: 3 * HOUR, times: 6, said: DRIFT });
    stage.fires('18:00', 'a', DRIFT);
    expect(stage.alert('a').hold).toBe(null);
  });
});
