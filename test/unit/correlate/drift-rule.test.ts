import { describe, expect, it } from 'vitest';
import type { ReceivedAlert } from '../../../src/model/alert.ts';
import { parsed } from '../config/sections.ts';
import { firing, labels, resolved, type Scene, SLACK, scene, webhook } from './scenario.ts';

// "Page for drift only when latency or error rate of the same model is firing too", as docs/configuration.md has it.
const RULE = `suppression:
  rules:
    - {name: drift alone, matchers: [alertname="FeatureDrift"], action: digest,
       unless: {matchers: [alertname=~"LatencyHigh|ErrorRateHigh"], equal: [model]}}
`;
const DRIFT = 'FeatureDrift of ranker';

/** A scene with that rule, and one channel that can carry digests. */
function opened(): Scene {
  const config = parsed(RULE);
  if (!('policy' in config)) throw new Error(config.join('\n'));
  return scene({ suppression: config.policy.suppression, destinations: new Map([['slack', [{ ...SLACK, digests: true }]]]) });
}

/** A webhook of an alert about a model, which fires since that time. */
function fires(alertname: string, model: string, since: string) {
  return webhook(named(firing(`${alertname} of ${model}`, { startsAt: since }), alertname, model));
}

/** A webhook that says that it ended. */
function ends(alertname: string, model: string, since: string, until: string) {
  return webhook(named(resolved(`${alertname} of ${model}`, { startsAt: since, endsAt: until }), alertname, model));
}

function named(alert: ReceivedAlert, alertname: string, model: string): ReceivedAlert {
  return { ...alert, labels: labels({ alertname, model, severity: 'warning' }) };
}

describe('drift alone', () => {
  it('is told to nobody, and is in the digest once it ended', () => {
    const s = opened();
    s.at('10:00', fires('FeatureDrift', 'ranker', '10:00'));
    expect(s.alert(DRIFT).hold).toMatchObject({ reason: 'rule', rule: 'drift alone' });
    expect(s.timeline(DRIFT)).toEqual(['opened', 'held']);
    s.at('10:30', ends('FeatureDrift', 'ranker', '10:00', '10:30'));
    expect(s.deliver('16:29')).toEqual([]);
    expect(s.ledger()).toEqual({ received: 2, rule: 2 });
    expect(s.draft.bulletin(`digest~${SLACK.id}`)).toMatchObject({
      entries: [{ rule: 'FeatureDrift', reason: 'rule', because: expect.stringContaining('the rule "drift alone" says digest') }],
    });
    s.fire('16:30', 'bulletin', `digest~${SLACK.id}`);
    expect(s.draft.effects).toMatchObject([{ deliveryId: `digest~${SLACK.id}`, kind: 'digest' }]);
  });

  it('is told once latency of the same model fires too', () => {
    const s = opened();
    s.at('10:00', fires('FeatureDrift', 'ranker', '10:00'));
    s.at('11:05', fires('LatencyHigh', 'ranker', '11:05'));
    expect(s.alert(DRIFT).hold).toBeNull();
    expect(s.timeline(DRIFT)).toContain('released');
    expect(s.deliver('11:06')).toMatchObject([{ kind: 'trigger' }]);
    expect(s.ledger()).toEqual({ received: 2, notified: 2 });
  });

  it.each([
    ['of another model', 'LatencyHigh', 'search'],
    ['of another kind', 'QueueFull', 'ranker'],
  ])('stays so beside an alert %s', (_, alertname, model) => {
    const s = opened();
    s.at('10:00', fires('FeatureDrift', 'ranker', '10:00'));
    s.at('10:05', fires(alertname, model, '10:05'));
    expect(s.alert(DRIFT).hold).not.toBeNull();
  });
});

describe('drift beside other trouble', () => {
  it.each(['LatencyHigh', 'ErrorRateHigh'])('is told at once while %s of the same model fires', (alertname) => {
    const s = opened();
    s.at('10:00', fires(alertname, 'ranker', '10:00'));
    s.at('11:00', fires('FeatureDrift', 'ranker', '11:00'));
    expect(s.alert(DRIFT).hold).toBeNull();
    s.deliver('11:01');
    expect(s.ledger()).toEqual({ received: 2, notified: 2 });
  });

  it.each([
    ['11:14', 'told', true],
    ['11:15', 'held', false],
  ])('that ended at 11:00 is at %s %s', (time, _, told) => {
    const s = opened();
    s.at('10:00', fires('LatencyHigh', 'ranker', '10:00'));
    s.at('11:00', ends('LatencyHigh', 'ranker', '10:00', '11:00'));
    s.at(time, fires('FeatureDrift', 'ranker', time));
    expect(s.alert(DRIFT).hold === null).toBe(told);
  });
});
