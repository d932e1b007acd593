import { describe, expect, it } from 'vitest';
import { balances, EMPTY_TOTALS, Ledger, suppressedIn } from '../../../src/correlate/ledger.ts';

describe('the ledger', () => {
  it('books what is received into an account', () => {
    const ledger = new Ledger(EMPTY_TOTALS);
    ledger.receive(3, 'pending');
    ledger.receive(1, { suppressed: 'transient' });
    expect(ledger.totals()).toEqual({ ...EMPTY_TOTALS, received: 4, pending: 3, suppressedByReason: new Map([['transient', 1]]) });
  });

  it('moves between accounts without a change of what was received', () => {
    const ledger = new Ledger({ ...EMPTY_TOTALS, received: 3, pending: 3 });
    ledger.move(1, 'pending', 'notified');
    ledger.move(2, 'pending', { suppressed: 'no-integration' });
    ledger.move(1, { suppressed: 'no-integration' }, 'failed');
    expect(ledger.totals()).toEqual({ received: 3, notified: 1, pending: 0, duplicate: 0, failed: 1, suppressedByReason: new Map([['no-integration', 1]]) });
  });

  it('leaves the totals that it began with as they were', () => {
    const before = { ...EMPTY_TOTALS, received: 1, suppressedByReason: new Map([['transient' as const, 1]]) };
    const ledger = new Ledger(before);
    ledger.receive(1, { suppressed: 'transient' });
    expect([before.received, before.suppressedByReason.get('transient')]).toEqual([1, 1]);
  });

  it('adds up when every received alert is in one account', () => {
    const totals = {
      received: 15,
      notified: 1,
      pending: 2,
      duplicate: 3,
      failed: 4,
      suppressedByReason: new Map([
        ['transient' as const, 2],
        ['no-integration' as const, 3],
      ]),
    };
    expect(suppressedIn(totals)).toBe(5);
    expect(balances(totals)).toBe(true);
    expect(balances({ ...totals, received: 16 })).toBe(false);
    expect(balances({ ...totals, duplicate: 2 })).toBe(false);
  });
});
