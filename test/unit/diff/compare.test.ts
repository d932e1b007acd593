import { describe, expect, it } from 'vitest';
import { compare } from '../../../src/cli/diff/compare.ts';
import { jsonComparison, tableComparison } from '../../../src/cli/diff/report.ts';
import { at, incident, outcome, untold } from './outcomes.ts';

const told = incident('A', { alerts: ['a 10:00', 'b 10:01'], paged: '10:02' });

describe('two runs that tell the same', () => {
  it('differ in nothing, whatever the ids', () => {
    const changed = compare(outcome(told), outcome(incident('Z', { alerts: ['a 10:00', 'b 10:01'], paged: '10:02' })));
    for (const list of [changed.removedPages, changed.addedPages, changed.delays, changed.split, changed.merged, changed.noLongerTold, changed.newlyTold])
      expect(list).toEqual([]);
  });
});

describe('a page', () => {
  it('is removed with the reason why it was held, and added the other way round', () => {
    const held = incident('A', { alerts: ['a 10:00', 'b 10:01'], untold: [untold('a', 'transient'), untold('b', 'transient')] });
    const reason = 'transient: clears by itself';
    expect(compare(outcome(told), outcome(held)).removedPages).toMatchObject([{ at: at('10:02'), receiver: 'oncall', reason }]);
    expect(compare(outcome(held), outcome(told)).addedPages).toMatchObject([{ at: at('10:02'), receiver: 'oncall', reason }]);
  });

  it('names the rule that decided', () => {
    const held = incident('A', { alerts: ['a 10:00'], untold: [untold('a', 'rule', 'nightly')] });
    expect(compare(outcome(told), outcome(held)).removedPages).toMatchObject([{ reason: 'rule "nightly": clears by itself' }]);
  });

  it('is removed when its incident is a part of another one', () => {
    const other = incident('B', { alerts: ['c 10:00'], paged: '10:05' });
    const whole = incident('A', { alerts: ['a 10:00', 'b 10:01', 'c 10:00'], paged: '10:02' });
    const { removedPages, merged, noLongerTold } = compare(outcome(told, other), outcome(whole));
    expect(removedPages).toMatchObject([{ incident: { id: 'B' }, reason: 'told at 2026-03-01T10:02:00Z as part of A is down' }]);
    expect(merged.map(({ incident: { id }, others }) => [id, others.map((each) => each.id)])).toEqual([['A', ['A', 'B']]]);
    expect(noLongerTold).toEqual([]);
  });

  it('is removed when nothing leads to its receiver any more', () => {
    const routed = incident('A', { alerts: ['a 10:00', 'b 10:01'], told: '10:02', receivers: ['chat'] });
    expect(compare(outcome(told), outcome(routed)).removedPages).toMatchObject([{ reason: 'not routed to oncall, but to chat' }]);
  });

  it('is the same one when its alert opens a new incident at its second start', () => {
    const swings = incident('A', { alerts: ['a 10:00 10:40'], paged: '10:02' });
    const later = incident('B', { alerts: ['a 10:40'], paged: '10:42' });
    const { removedPages, addedPages, split } = compare(outcome(swings), outcome(incident('A', { alerts: ['a 10:00'], paged: '10:02' }), later));
    expect(removedPages).toEqual([]);
    expect(addedPages).toMatchObject([{ incident: { id: 'B' }, reason: 'told at 2026-03-01T10:02:00Z as part of A is down' }]);
    expect(split).toMatchObject([{ incident: { id: 'A' }, others: [{ id: 'A' }, { id: 'B' }] }]);
  });
});

describe('an incident', () => {
  it('is told later', () => {
    const later = incident('A', { alerts: ['a 10:00', 'b 10:01'], paged: '10:06' });
    expect(compare(outcome(told), outcome(later)).delays).toMatchObject([{ before: 120_000, after: 360_000 }]);
  });

  it('of which only a digest tells is no longer told of, and lost when somebody acted on it', () => {
    const digested = incident('A', { alerts: ['a 10:00', 'b 10:01'], digested: true, untold: [untold('a', 'rule', 'x'), untold('b', 'rule', 'x')] });
    const quiet = compare(outcome(told), outcome(digested));
    expect(quiet.noLongerTold).toMatchObject([{ incident: { id: 'A' }, digested: true }]);
    expect(quiet.lost).toEqual([]);
    expect(compare(outcome({ ...told, acted: true }), outcome(digested)).lost).toMatchObject([{ incident: { id: 'A' } }]);
  });

  it('is lost when it is a silent part of an incident that is told of for others', () => {
    const acted = incident('A', { alerts: ['a 10:00'], paged: '10:02', acted: true });
    const within = incident('B', { alerts: ['a 10:00', 'c 10:00'], paged: '10:02', untold: [untold('a', 'rule', 'x')] });
    expect(compare(outcome(acted), outcome(within)).lost).toHaveLength(1);
    expect(compare(outcome(acted), outcome({ ...within, untold: [] })).lost).toHaveLength(0);
  });

  it('that was not told of before is no loss', () => {
    const untoldBefore = incident('A', { alerts: ['a 10:00'], acted: true });
    expect(compare(outcome(untoldBefore), outcome()).lost).toEqual([]);
  });
});

describe('the report', () => {
  const changed = compare(outcome({ ...told, acted: true, title: `${'very '.repeat(30)}\u001b[2Jlong` }), outcome());

  it('has every change in JSON', () => {
    expect(JSON.parse(jsonComparison(changed))).toMatchObject({
      before: { incidents: 1, messages: 1, pages: 1 },
      after: { incidents: 0, messages: 0, pages: 0 },
      pages: { removed: [{ at: '2026-03-01T10:02:00Z', incidentId: 'A', receiver: 'oncall', reason: 'its alerts are in no incident' }], added: [] },
      noLongerNotified: [{ incidentId: 'A', acted: true, digested: false }],
      lost: ['A'],
    });
  });

  it('fits 80 columns and lets nothing move the cursor', () => {
    const text = [...tableComparison(changed)].join('');
    expect(text).toContain('LOST');
    for (const line of text.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
    expect(text).not.toContain('\u001b');
  });
});
