import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../../src/model/time.ts';
import { action, at, firing, QUIET, routesTo, scene, webhook } from './scenario.ts';

const resolvedByAda = (to = 'slack') => {
  const s = scene();
  s.at('10:00', webhook(firing('a', { labels: { to } })));
  s.deliver('10:00:10');
  s.at('10:30', action('resolve', 'a'));
  s.deliver('10:30');
  return s;
};

describe('an incident that a person resolved while an alert fires', () => {
  it('stays so when the alert is heard firing soon after', () => {
    const s = resolvedByAda();
    s.at('14:29:59', webhook(firing('a')));
    expect(s.incidentOf('a')).toMatchObject({ status: 'resolved', resolvedBy: 'ada' });
    expect(s.ledger()).toEqual({ received: 2, notified: 1, duplicate: 1 });
  });

  it('reopens when it is still heard firing repeat_interval later, at once and saying why', () => {
    const s = resolvedByAda();
    s.at('14:30', webhook(firing('a')));
    expect(s.incidentOf('a')).toMatchObject({ status: 'open', resolvedAt: null, resolvedBy: null, resolution: null });
    expect(s.delivery('a').due).toEqual({ at: at('14:30'), kind: 'update' });
    expect(s.draft.changes().timeline.at(-1)?.entry).toMatchObject({
      kind: 'reopened',
      summary: 'NodeDown on node/a goes on firing and reopened it',
      evidence: [{ kind: 'still-firing', summary: 'is still heard firing 4 h after ada resolved it', value: 14_400, threshold: 14_400 }],
    });
  });

  it('reopens at once, also where its end was not told and group_interval has not passed', () => {
    const s = scene({ route: () => routesTo('quiet', { repeatInterval: MINUTE }) });
    s.at('10:00', webhook(firing('a')));
    s.deliver('10:00:10');
    s.at('10:01', action('resolve', 'a'));
    s.at('10:02:30', webhook(firing('a')));
    expect(s.delivery('a', QUIET).due).toEqual({ at: at('10:02:30'), kind: 'update' });
  });

  it('never reopens for nobody to be told', () => {
    const s = resolvedByAda('nobody');
    s.at('23:00', webhook(firing('a')));
    expect(s.incidentOf('a').status).toBe('resolved');
  });
});

it('a re-delivery changes nothing about an incident that is open', () => {
  const s = scene();
  s.at('10:00', webhook(firing('a')));
  const before = s.incidentOf('a');
  s.at('15:00', webhook(firing('a')));
  expect(s.incidentOf('a')).toBe(before);
});
