import { describe, expect, it } from 'vitest';
import type { InhibitRule, Policy } from '../../../../src/correlate/policy.ts';
import { matchesAll, parseMatchers } from '../../../../src/model/matcher.ts';
import { webhook } from '../scenario.ts';
import { Stage } from './stage.ts';

function rule(source: string, target: string, ...equal: readonly string[]): InhibitRule {
  const side = (text: string) => ({ text, matches: (labels: ReadonlyMap<string, string>) => matchesAll(parseMatchers(text), labels) });
  return { id: `${source} ${target}`, source: side(source), target: side(target), equal };
}

const CLUSTER = rule('{alertname="ClusterDown"}', '{severity="warning"}', 'cluster');

function stage(rules: readonly InhibitRule[] = [CLUSTER], given: Partial<Policy> = {}): Stage {
  return new Stage({ inhibitRules: rules, ...given });
}

const down = (cluster: string) => ({ labels: { alertname: 'ClusterDown', node: `cluster-${cluster}`, cluster, to: 'console' } });
const slow = (cluster: string) => ({ labels: { alertname: 'Slow', severity: 'warning', node: `n-${cluster}`, cluster } });

describe('an alert that a graver one inhibits', () => {
  it('is told to nobody while that fires, whichever came first of the two', () => {
    const after = stage();
    after.fires('10:00', 'down', down('eu'));
    after.fires('10:01', 'slow', slow('eu'));
    after.until('10:30');
    expect(after.told.map(({ to }) => to)).toEqual(['console']);
    expect(after.alert('slow').hold).toMatchObject({ reason: 'inhibited', alone: true });
    expect(after.alert('slow').hold?.evidence[0]?.summary).toBe(
      'inhibited while ClusterDown on node/cluster-eu fires: alerts of {alertname="ClusterDown"} inhibit those of {severity="warning"} with the same cluster',
    );

    const before = stage();
    before.fires('10:00', 'slow', slow('eu'));
    before.fires('10:00:05', 'down', down('eu'));
    before.until('10:30');
    expect(before.told.map(({ to }) => to)).toEqual(['console']);
  });

  it('is told of when the last that inhibits it ends', () => {
    const played = stage();
    played.fires('10:00', 'down', down('eu'));
    played.fires('10:00', 'down2', { labels: { ...down('eu').labels, node: 'other' } });
    played.fires('10:01', 'slow', slow('eu'));
    played.clears('10:20', 'down');
    played.until('10:25');
    expect(played.told.filter(({ to }) => to.startsWith('slack'))).toEqual([]);
    played.clears('10:30', 'down2');
    played.until('10:31');
    expect(played.told.filter(({ to }) => to.startsWith('slack'))).toMatchObject([{ kind: 'trigger' }]);
    expect(played.timeline.find(({ kind }) => kind === 'released')?.summary).toBe('Slow on node/n-eu is told of: nothing that inhibits it fires any more');
  });

  it('is accounted for under that reason when it ends before', () => {
    const played = stage();
    played.fires('10:00', 'down', down('eu'));
    played.fires('10:01', 'slow', slow('eu'));
    played.clears('10:20', 'slow');
    expect(played.ledger()).toMatchObject({ inhibited: 2 });
  });

  it('is known by the labels that have to be equal, a missing one being an empty one', () => {
    const played = stage();
    played.fires('10:00', 'down', down('eu'));
    played.fires('10:01', 'slow', slow('us'));
    expect(played.alert('slow').hold).toBe(null);

    const without = stage();
    without.fires('10:00', 'down', { labels: { alertname: 'ClusterDown', cluster: '' } });
    without.fires('10:01', 'slow', { labels: { alertname: 'Slow', severity: 'warning' } });
    expect(without.alert('slow').hold).toMatchObject({ reason: 'inhibited' });
  });

  it('is inhibited by one that came with the same webhook', () => {
    const played = stage();
    played.at('10:00', webhook(played.alertAt('10:00', 'slow', slow('eu')), played.alertAt('10:00', 'down', down('eu'))));
    played.until('10:30');
    expect(played.told.map(({ to }) => to)).toEqual(['console']);
  });

  it('is inhibited by one that is itself silenced or inhibited', () => {
    const played = stage([CLUSTER, rule('{alertname="RegionDown"}', '{alertname="ClusterDown"}')]);
    played.fires('10:00', 'region', { labels: { alertname: 'RegionDown', to: 'console' } });
    played.fires('10:01', 'down', down('eu'));
    played.fires('10:02', 'slow', slow('eu'));
    expect([played.alert('down').hold?.reason, played.alert('slow').hold?.reason]).toEqual(['inhibited', 'inhibited']);
  });

  it('stays inhibited over a restart, and longer than a day', () => {
    const played = stage([CLUSTER], { staleAfter: 1e10 });
    played.fires('10:00', 'down', down('eu'));
    played.fires('10:01', 'slow', slow('eu'));
    played.restart();
    played.until('+2d 10:30');
    expect(played.alert('slow').hold).toMatchObject({ reason: 'inhibited' });
    played.clears('+2d 11:00', 'down');
    expect(played.alert('slow').hold).toBe(null);
  });
});

describe('an alert that a rule is about on both sides', () => {
  const both = rule('{severity="critical"}', '{team="ml"}');
  const ml = { labels: { team: 'ml' } };

  it('does not inhibit itself, nor another such one', () => {
    const played = stage([both]);
    played.fires('10:00', 'a', ml);
    played.fires('10:00', 'b', ml);
    expect([played.alert('a').hold, played.alert('b').hold]).toEqual([null, null]);
  });

  it('is inhibited by one that is a source alone, and inhibits one that is a target alone', () => {
    const played = stage([both]);
    played.fires('10:00', 'a', ml);
    played.fires('10:00', 'target', { labels: { team: 'ml', severity: 'warning', node: 'far' } });
    expect([played.alert('a').hold?.reason, played.alert('target').hold?.reason]).toEqual([undefined, 'inhibited']);
    played.fires('10:01', 'source', { labels: { team: 'db', node: 'farther' } });
    expect(played.alert('a').hold?.reason).toBe('inhibited');
  });
});
