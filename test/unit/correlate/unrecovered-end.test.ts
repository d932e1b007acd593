import { describe, expect, it } from 'vitest';
import { weightOf } from '../../../src/correlate/baseline/durations.ts';
import { learnedKey, type RuleLifespan, type SeriesBaseline } from '../../../src/model/learned.ts';
import { holdScene } from './hold-scene.ts';
import { firing, resolved, type Scene, webhook } from './scenario.ts';

const paused = (fingerprint: string) => ({ ...resolved(fingerprint), annotations: new Map([['grafana_state_reason', 'Paused']]) });
const lifespans = (s: Scene) =>
  [s.draft.learned.get<SeriesBaseline>(learnedKey.series('a')), s.draft.learned.get<RuleLifespan>(learnedKey.ruleLifespan('NodeDown'))].map((l) => [
    weightOf(l?.ended ?? []),
    weightOf(l?.cut ?? []),
  ]);
const summaries = (s: Scene) => s.draft.changes().timeline.map(({ entry }) => entry.summary);

describe('a "resolved" that is no recovery', () => {
  const ended = () => {
    const s = holdScene([]);
    s.at('10:00', webhook(firing('a')));
    s.deliver('10:01');
    s.at('10:30', webhook(paused('a')));
    return s;
  };

  it('counts as an episode of which only a part was seen, unlike a recovery', () => {
    expect(lifespans(ended())).toEqual([
      [0, 1],
      [0, 1],
    ]);
    const s = holdScene([]);
    s.at('10:00', webhook(firing('a')));
    s.at('10:30', webhook(resolved('a')));
    expect(lifespans(s)).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  it('is called what it is in the timeline, the incident and its alert', () => {
    const s = ended();
    expect(summaries(s)).toContain('NodeDown on node/a ended and is not known to have recovered: its rule was paused');
    expect(summaries(s)).toContain('its last alert ended and is not known to have recovered: its rule was paused');
    expect(s.incidentOf('a')).toMatchObject({ status: 'resolved', resolution: 'rule-paused' });
    expect([...s.draft.changes().members.values()]).toMatchObject([{ member: { status: 'resolved', unrecovered: 'rule-paused' } }]);
  });

  it('is forgotten once the alert fires again', () => {
    const s = ended();
    s.at('10:31', webhook(firing('a', { startsAt: '10:31' })));
    expect([...s.draft.changes().members.values()].at(-1)?.member).not.toHaveProperty('unrecovered');
    s.at('10:40', webhook(resolved('a', { startsAt: '10:31', endsAt: '10:40' })));
    expect(s.incidentOf('a')).toMatchObject({ status: 'resolved', resolution: 'alerts' });
  });

  it('of one alert leaves the resolution to the last', () => {
    const s = holdScene([]);
    s.at('10:00', webhook(firing('a'), firing('b', { labels: { node: 'a' } })));
    s.at('10:30', webhook(paused('a')));
    expect(s.incidentOf('a')).toMatchObject({ status: 'open', resolution: null });
    s.at('10:31', webhook(resolved('b')));
    expect(s.incidentOf('a')).toMatchObject({ status: 'resolved', resolution: 'alerts' });
  });
});
