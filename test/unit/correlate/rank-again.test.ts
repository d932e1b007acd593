import { describe, expect, it } from 'vitest';
import type { ChangeReported } from '../../../src/correlate/event.ts';
import { at, edges, firing, resolved, scene, webhook } from './scenario.ts';

const LATENCY = { alertname: 'LatencyHigh', severity: 'warning', node: '', service: 'web' };
const WEB = { labels: LATENCY };
const DEPLOYED: ChangeReported = {
  kind: 'change',
  receivedAt: 0,
  change: { id: 'c1', entity: 'service/web', summary: 'web 1.2', kind: 'deployment', at: at('09:59'), link: null },
};

/** A service and the machine that it depends on fire; that the service was deployed just before is reported late. */
function lateReport() {
  const s = scene({ dependencies: edges(['service/web', 'node/a']) });
  s.at('10:00', webhook(firing('a'), firing('web', WEB), firing('other', { labels: { ...LATENCY, path: '/' } })));
  expect(s.incidentOf('a').alertCount).toBe(3);
  s.at('10:05', DEPLOYED);
  expect(s.incidentOf('a').rootCauses[0]).toMatchObject({ entity: 'node/a', changeId: null });
  return s;
}

describe('causes are ranked anew', () => {
  it('when an alert ends, and that the first one changed is to be shown, but no news', () => {
    const s = lateReport();
    const { newsVersion } = s.incidentOf('a');
    s.at('10:10', webhook(resolved('other', { labels: { ...LATENCY, path: '/' } })));
    const { rootCauses, version, shownVersion, newsVersion: after } = s.incidentOf('a');
    expect(rootCauses[0]).toMatchObject({ entity: 'service/web', changeId: 'c1' });
    expect(shownVersion).toBe(version);
    expect(after).toBe(newsVersion);
    expect(s.timeline('a').slice(-2)).toEqual(['ended', 'cause-changed']);
  });

  it('when one fires again', () => {
    const s = scene({ dependencies: edges(['service/web', 'node/a']) });
    s.at('10:00', webhook(firing('a'), firing('web', WEB)));
    s.at('10:05', webhook(resolved('a', { endsAt: '10:05' })));
    s.at('10:05:30', DEPLOYED);
    s.at('10:06', webhook(firing('a', { startsAt: '10:06' })));
    expect(s.timeline('a').slice(-2)).toEqual(['fired-again', 'cause-changed']);
    expect(s.incidentOf('a').rootCauses[0]).toMatchObject({ entity: 'service/web', changeId: 'c1' });
  });
});

describe('causes stay as they were', () => {
  it('when the last alert ends, as the message closes', () => {
    const s = scene({ dependencies: edges(['service/web', 'node/a']) });
    s.at('10:00', webhook(firing('a'), firing('web', WEB)));
    s.at('10:04', webhook(resolved('a', { endsAt: '10:04' })));
    s.at('10:05', DEPLOYED);
    s.at('10:06', webhook(resolved('web', { ...WEB, endsAt: '10:06' })));
    expect(s.incidentOf('a')).toMatchObject({ status: 'resolved', rootCauses: [{ entity: 'node/a' }, { entity: 'service/web' }] });
  });

  it('when an end is no news to them', () => {
    const s = scene({ dependencies: edges(['service/web', 'node/a']) });
    s.at('10:00', webhook(firing('a'), firing('web', WEB)));
    const { newsVersion, rootCauses } = s.incidentOf('a');
    s.at('10:05', webhook(resolved('web', { ...WEB, endsAt: '10:05' })));
    expect(s.incidentOf('a')).toMatchObject({ newsVersion, rootCauses });
  });
});
