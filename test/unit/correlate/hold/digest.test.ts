import { describe, expect, it } from 'vitest';
import { DEFAULT_SUPPRESSION } from '../../../../src/config/suppression-section.ts';
import type { SuppressionRule } from '../../../../src/correlate/policy.ts';
import { HOUR, MINUTE } from '../../../../src/model/time.ts';
import { mutedUntilIn } from '../../../../src/route/muted-hours.ts';
import { at, routesTo } from '../scenario.ts';
import { Stage } from './stage.ts';

const DIGEST: SuppressionRule = {
  name: 'later',
  matches: (of) => of.get('severity') === 'info',
  source: 'severity="info"',
  action: 'digest',
  for: null,
  isActive: () => true,
  expires: null,
  comment: '',
  when: null,
  unless: null,
};
const stageWith = (digestInterval = 6 * HOUR) => new Stage({ suppression: { ...DEFAULT_SUPPRESSION, rules: [DIGEST], digestInterval } });
const info = (to = 'slack') => ({ labels: { severity: 'info', to } });
const entries = (stage: Stage) =>
  stage.told.filter(({ kind }) => kind === 'digest').map((told) => told.entries.map(({ fingerprint, count }) => [fingerprint, count]));
/** An alert that fires and ends a minute later. */
const comes = (stage: Stage, when: string, fingerprint: string, to?: string) => {
  stage.fires(when, fingerprint, info(to));
  stage.clears(at(when) + MINUTE, fingerprint);
};

describe('a digest', () => {
  it('comes digest_interval after the first that it names, and names an alert once', () => {
    const stage = stageWith();
    comes(stage, '10:00', 'a');
    comes(stage, '11:00', 'b');
    comes(stage, '12:00', 'a');
    stage.until('16:00:59');
    expect(stage.told).toEqual([]);
    stage.until('23:00');
    expect(stage.since('10:00')).toEqual(['16:01:00 digest']);
    expect(entries(stage)).toEqual([
      [
        ['a', 2],
        ['b', 1],
      ],
    ]);
    expect(stage.told[0]?.entries[0]).toMatchObject({ firstAt: at('10:00'), lastAt: at('12:01'), because: 'the rule "later" says digest for severity="info"' });
  });

  it('waits until the routes of what it names are no longer muted', () => {
    const hours = [{ muteIn: ['night'], activeIn: [] }];
    const stage = new Stage({
      suppression: { ...DEFAULT_SUPPRESSION, rules: [DIGEST], digestInterval: HOUR },
      mutedUntil: mutedUntilIn(new Map([['night', (time: number) => time >= at('11:00') && time < at('15:00')]])),
      route: () => routesTo('slack').map((route) => ({ ...route, hours })),
    });
    comes(stage, '09:30', 'a');
    comes(stage, '10:45', 'b');
    comes(stage, '12:00', 'c');
    stage.until('20:00');
    expect(stage.since('09:00')).toEqual(['10:31:00 digest', '15:00:00 digest']);
    expect(entries(stage)).toEqual([
      [['a', 1]],
      [
        ['b', 1],
        ['c', 1],
      ],
    ]);
  });

  it('begins anew with what comes after it', () => {
    const stage = stageWith(HOUR);
    comes(stage, '10:00', 'a');
    comes(stage, '12:00', 'a');
    stage.until('20:00');
    expect(stage.since('10:00')).toEqual(['11:01:00 digest', '13:01:00 digest']);
    expect(entries(stage)).toEqual([[['a', 1]], [['a', 1]]]);
  });

  it('is one for each destination, whichever receivers lead there', () => {
    const stage = stageWith();
    comes(stage, '10:00', 'a', 'slack,console');
    comes(stage, '10:10', 'b', 'console');
    stage.until('20:00');
    expect(stage.told.map(({ to, entries: named }) => [to, named.map(({ fingerprint }) => fingerprint)])).toEqual([
      ['console', ['a', 'b']],
      ['slack/#ml/1', ['a']],
    ]);
  });

  it('that cannot be sent keeps what it names for the next, beside what came meanwhile', () => {
    const stage = stageWith(HOUR);
    comes(stage, '10:00', 'a');
    stage.outcome = 'failed';
    stage.until('11:01:30');
    stage.outcome = 'sent';
    comes(stage, '11:30', 'a');
    comes(stage, '11:40', 'b');
    stage.until('13:00');
    expect(stage.since('10:00')).toEqual(['11:01:00 digest', '12:01:00 digest']);
    expect(entries(stage).at(-1)).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
  });

  it('names fifty alerts and counts the rest by their rule', () => {
    const stage = stageWith();
    for (let i = 0; i < 53; i++) comes(stage, '10:00', `a${i}`);
    const [bulletin] = stage.state.bulletins.values();
    expect(bulletin).toMatchObject({ more: 0, due: at('16:01') });
    expect(bulletin?.entries.map(({ count }) => count)).toEqual([...new Array<number>(50).fill(1), 3]);
    expect(bulletin?.entries.at(-1)).toMatchObject({ fingerprint: '', rule: 'NodeDown', entity: null });
    stage.until('17:00');
    expect([...stage.state.bulletins.values()]).toMatchObject([{ more: 0, entries: [], due: null, inFlight: null }]);
  });

  it('comes at its time after a restart, too', () => {
    const stage = stageWith();
    comes(stage, '10:00', 'a');
    stage.restart();
    stage.until('20:00');
    expect(stage.since('10:00')).toEqual(['16:01:00 digest']);
  });

  it('is none where nothing was held back', () => {
    const stage = stageWith();
    stage.fires('10:00', 'a', { labels: { severity: 'warning' } });
    stage.until('20:00');
    expect(stage.told.map(({ kind }) => kind)).not.toContain('digest');
  });
});
