import { describe, expect, it } from 'vitest';
import { DEFAULT_SUPPRESSION } from '../../../../src/config/suppression-section.ts';
import type { SuppressionRule } from '../../../../src/correlate/policy.ts';
import { action, at, firing, webhook } from '../scenario.ts';
import { silenced, unsilenced } from './silence-event.ts';
import { Stage } from './stage.ts';

const WORDS = 'silenced by ada until 2026-03-01T12:00:00Z: replacing the disk (silence s1)';

function stageAt(time: string, ...fire: readonly string[]): Stage {
  const stage = new Stage();
  for (const fingerprint of fire) stage.fires(time, fingerprint);
  return stage;
}

describe('an alert that fires while it is silenced', () => {
  it('is told to nobody, and is accounted for when it ends', () => {
    const stage = new Stage();
    stage.at('09:00', silenced('node="a"', { until: '12:00' }));
    stage.fires('10:00', 'a');
    stage.until('10:30');
    expect(stage.alert('a').hold).toMatchObject({
      reason: 'silenced',
      until: at('12:00'),
      alone: true,
      evidence: [{ kind: 'silenced', summary: WORDS }, { kind: 'otherwise' }],
    });
    expect(stage.ledger()).toEqual({ received: 1, pending: 1 });
    stage.clears('11:00', 'a');
    stage.until('11:30');
    expect(stage.told).toEqual([]);
    expect(stage.ledger()).toEqual({ received: 2, silenced: 2 });
    expect(stage.suppressions).toMatchObject([{ reason: 'silenced', outcome: 'untold', since: at('10:00'), until: at('11:00') }]);
    expect(stage.incidentOf('a')).toMatchObject({ status: 'resolved', held: 0, hush: { count: 0, reason: 'silenced' } });
  });

  it('is told of when the silence ends, if it fires still', () => {
    const stage = new Stage();
    stage.at('09:00', silenced('node="a"', { until: '12:00' }));
    stage.fires('10:00', 'a');
    stage.until('13:00');
    expect(stage.since('10:00')).toEqual(['12:00:00 trigger']);
    expect(stage.timeline.find(({ kind }) => kind === 'released')?.summary).toBe('NodeDown on node/a is told of: its time is over');
    expect(stage.ledger()).toEqual({ received: 1, notified: 1 });
    expect(stage.incidentOf('a').hush).toBe(null);
  });

  it('is told of when somebody ends the silence, and not before another one ends', () => {
    const stage = new Stage();
    stage.at('09:00', silenced('node="a"', { until: '12:00' }));
    stage.at('09:00', silenced('severity="critical"', { id: 's2', until: '10:40' }));
    stage.fires('10:00', 'a');
    stage.at('10:30', unsilenced());
    stage.until('10:35');
    expect(stage.told).toEqual([]);
    expect(stage.alert('a').hold).toMatchObject({ until: at('10:40'), since: at('10:00') });
    stage.until('11:00');
    expect(stage.since('10:00')).toEqual(['10:40:00 trigger']);
  });

  it('is not told of for another alert of its incident, nor for growing worse', () => {
    const stage = new Stage();
    stage.at('09:00', silenced('alertname="DiskFull"', { until: '12:00' }));
    const disk = { labels: { alertname: 'DiskFull', node: 'a', severity: 'warning' } };
    stage.fires('10:00', 'disk', disk);
    stage.fires('10:01', 'a');
    expect(stage.incidentOf('a').id).toBe(stage.incidentOf('disk').id);
    stage.fires('10:20', 'disk', { labels: { ...disk.labels, severity: 'critical' } });
    stage.until('11:00');
    expect(stage.since('10:00')).toEqual(['10:01:00 trigger']);
    expect(stage.alert('disk').hold).toMatchObject({ reason: 'silenced', received: 2 });
  });

  it('is held by a rule of the configuration when the silence ends, if one says so', () => {
    const rule: SuppressionRule = {
      ...{ name: 'quiet', source: 'node="a"', action: 'suppress', for: null, expires: at('12:30'), comment: '', when: null, unless: null },
      matches: (labels) => labels.get('node') === 'a',
      isActive: () => true,
    };
    const stage = new Stage({ suppression: { ...DEFAULT_SUPPRESSION, rules: [rule] } });
    stage.at('09:00', silenced('node="a"', { until: '12:00' }));
    stage.fires('10:00', 'a');
    stage.until('12:10');
    expect(stage.alert('a').hold).toMatchObject({ reason: 'rule', rule: 'quiet', since: at('12:00'), received: 1 });
    expect(stage.incidentOf('a').hush).toBe(null);
    stage.until('13:00');
    expect(stage.since('10:00')).toEqual(['12:30:00 trigger']);
  });

  it('is silenced from the start of a silence that was made for later', () => {
    const stage = new Stage();
    stage.at('09:00', silenced('node="a"', { from: '11:00', until: '12:00' }));
    stage.fires('10:00', 'a');
    stage.until('10:30');
    expect(stage.since('10:00')).toEqual(['10:00:10 trigger']);
    stage.until('11:30');
    expect(stage.alert('a').hold).toMatchObject({ reason: 'silenced', told: true });
    expect(stage.since('10:30')).toEqual(['11:00:00 update']);
  });

  it('stays silenced over a restart', () => {
    const stage = new Stage();
    stage.at('09:00', silenced('node="a"', { until: '12:00' }));
    stage.restart();
    stage.fires('10:00', 'a');
    stage.restart();
    stage.until('13:00');
    expect(stage.since('10:00')).toEqual(['12:00:00 trigger']);
    expect([...stage.state.silences.keys()]).toEqual(['s1']);
    stage.until('+6d 12:00');
    expect([...stage.state.silences.keys()]).toEqual([]);
  });
});

describe('alerts that fire when a silence is made', () => {
  it('which people know of: their message says so, there is no reminder, and it is told that they end', () => {
    const stage = stageAt('10:00', 'a');
    stage.until('10:10');
    stage.at('10:10', silenced('node="a"', { until: '+1d 12:00', matched: ['a'] }));
    stage.until('18:00');
    expect(stage.since('10:00')).toEqual(['10:00:10 trigger', '10:10:00 update']);
    expect(stage.incidentOf('a').hush).toMatchObject({ count: 1, reason: 'silenced' });
    stage.clears('18:10', 'a');
    stage.until('18:30');
    expect(stage.since('18:00')).toEqual(['18:10:00 resolve']);
    expect(stage.ledger()).toEqual({ received: 2, notified: 2 });
  });

  it('which nobody was told of yet: nobody is', () => {
    const stage = stageAt('10:00:00', 'a');
    stage.at('10:00:05', silenced('node="a"', { until: '12:00', matched: ['a'] }));
    stage.until('11:00');
    expect(stage.told).toEqual([]);
    expect(stage.ledger()).toEqual({ received: 1, pending: 1 });
    stage.clears('11:10', 'a');
    stage.until('11:30');
    expect(stage.told).toEqual([]);
    expect(stage.ledger()).toEqual({ received: 2, silenced: 2 });
    expect(stage.suppressions.at(-1)?.evidence[0]?.summary).toBe(WORDS);
  });

  it('go on being told of where others of their incident are not silenced', () => {
    const stage = new Stage();
    stage.fires('10:00', 'a');
    stage.fires('10:00', 'disk', { labels: { alertname: 'DiskFull', node: 'a' } });
    stage.until('10:20');
    stage.at('10:20', silenced('alertname="DiskFull"', { until: '+1d 12:00', matched: ['disk'] }));
    stage.until('15:00');
    expect(stage.incidentOf('a').hush).toMatchObject({ count: 1 });
    expect(stage.since('10:20')).toEqual(['14:00:10 reminder']);
  });

  it('are matched when they came with the very same batch', () => {
    const stage = new Stage();
    stage.together('10:00', webhook(firing('a')), silenced('node="a"', { until: '12:00' }));
    expect(stage.alert('a').hold).toMatchObject({ reason: 'silenced' });
  });

  it('are told of at the end of the silence again', () => {
    const stage = stageAt('10:00', 'a');
    stage.at('10:10', silenced('node="a"', { until: '12:00', matched: ['a'] }));
    stage.until('12:30');
    expect(stage.since('10:20')).toEqual(['12:00:00 update']);
    expect(stage.alert('a').hold).toBe(null);
  });

  it('which a silence no longer matches once it is changed are told of', () => {
    const stage = new Stage();
    stage.at('09:00', silenced('node="a"', { until: '12:00' }));
    stage.fires('10:00', 'a');
    stage.at('10:30', silenced('node="b"', { until: '12:00' }));
    expect(stage.since('10:00')).toEqual([]);
    stage.until('10:31');
    expect(stage.since('10:00')).toEqual(['10:30:00 trigger']);
  });

  it('and whose incident a person resolved do not reopen it while silenced', () => {
    const stage = stageAt('10:00', 'a');
    stage.at('10:10', silenced('node="a"', { until: '16:00', matched: ['a'] }));
    stage.at('10:20', action('resolve', 'a'));
    stage.at('15:00', stage.again('a'));
    expect(stage.incidentOf('a').status).toBe('resolved');
    stage.until('16:30');
    expect(stage.since('10:20')).toEqual(['10:20:00 resolve']);
    stage.at('16:40', stage.again('a'));
    expect(stage.incidentOf('a').status).toBe('open');
  });
});

describe('a silence', () => {
  it('that is not there cannot be ended; one that is over stays as it is', () => {
    const stage = new Stage();
    expect(stage.result('10:00', unsilenced())).toMatchObject({ ok: false, code: 'not-found' });
    stage.at('10:00', silenced('node="a"', { until: '11:00' }));
    expect(stage.result('12:00', unsilenced())).toMatchObject({ ok: true });
    expect(stage.state.silences.get('s1')?.endsAt).toBe(at('11:00'));
  });

  it('that is ended before it began never begins', () => {
    const stage = new Stage();
    stage.at('09:00', silenced('node="a"', { from: '11:00', until: '12:00' }));
    stage.at('10:00', unsilenced());
    expect(stage.state.silences.get('s1')).toMatchObject({ startsAt: at('10:00'), endsAt: at('10:00') });
    stage.fires('11:10', 'a');
    stage.until('11:30');
    expect(stage.since('11:00')).toEqual(['11:10:10 trigger']);
  });
});
