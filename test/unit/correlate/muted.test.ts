import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../src/correlate/policy.ts';
import { mutedUntilIn } from '../../../src/route/muted-hours.ts';
import { Stage } from './hold/stage.ts';
import { at, routesTo } from './scenario.ts';

/** Whatever goes to Slack is muted from 10:00 to 12:00, and what goes to the terminal never is. */
function muting(): Stage {
  const hours = [{ muteIn: ['maintenance'], activeIn: [] }];
  const given: Partial<Policy> = {
    mutedUntil: mutedUntilIn(new Map([['maintenance', (time: number) => time >= at('10:00') && time < at('12:00')]])),
    route: (labels) => routesTo(labels.get('to') ?? 'slack').map((route) => (route.receiver === 'slack' ? { ...route, hours } : route)),
  };
  return new Stage(given);
}

describe('what is due while its route is muted', () => {
  it('is told when that is over, if it fires still', () => {
    const stage = muting();
    stage.fires('10:30', 'a');
    stage.until('13:00');
    expect(stage.since('10:00')).toEqual(['12:00:00 trigger']);
    expect(stage.ledger()).toEqual({ received: 1, notified: 1 });
    expect(stage.timeline.find(({ kind }) => kind === 'muted')?.summary).toBe(
      'slack (slack/#ml/1) hears of it at 2026-03-01T12:00:00Z, as its routes are muted',
    );
  });

  it('is not told at all when it ends before, and is accounted for', () => {
    const stage = muting();
    stage.fires('10:30', 'a');
    stage.clears('11:30', 'a');
    stage.until('13:00');
    expect(stage.told).toEqual([]);
    expect(stage.ledger()).toEqual({ received: 2, muted: 2 });
    expect(stage.suppressions[0]).toMatchObject({ reason: 'muted', outcome: 'untold' });
  });

  it('is told at once where another route leads', () => {
    const stage = muting();
    stage.fires('10:30', 'a', { labels: { to: 'slack,console' } });
    stage.until('13:00');
    expect(stage.told.map(({ to }) => to)).toEqual(['console', 'slack/#ml/1']);
    expect(stage.since('10:00')).toEqual(['10:30:10 trigger', '12:00:00 trigger']);
  });

  it('waits as an update and as an end too', () => {
    const stage = muting();
    stage.fires('09:30', 'a');
    stage.clears('11:30', 'a');
    stage.until('13:00');
    expect(stage.since('09:00')).toEqual(['09:30:10 trigger', '12:00:00 resolve']);
  });

  it('waits over a restart', () => {
    const stage = muting();
    stage.fires('10:30', 'a');
    stage.restart();
    stage.until('13:00');
    expect(stage.since('10:00')).toEqual(['12:00:00 trigger']);
  });
});
