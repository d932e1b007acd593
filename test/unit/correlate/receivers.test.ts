import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../src/model/time.ts';
import { at, CONSOLE, firing, routesTo, SLACK, scene, timing, webhook } from './scenario.ts';

describe('an incident goes', () => {
  it('to every receiver that one of its alerts is routed to, once each', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a', { labels: { to: 'slack,console' } }), firing('b', { labels: { node: 'a', to: 'console,nobody' } })));
    const { id, receivers, deliveryIds } = s.incidentOf('a');
    expect(receivers).toEqual(['console', 'nobody', 'slack']);
    expect(deliveryIds).toEqual([`${id}~${SLACK.id}`, `${id}~${CONSOLE.id}`]);
    expect(s.deliver('10:00:10').map((effect) => effect.deliveryId)).toEqual(deliveryIds);
  });

  it('to a place that two receivers name once, for both', () => {
    const s = scene({
      destinations: new Map([
        ['ml', [SLACK]],
        ['ads', [SLACK]],
      ]),
    });
    s.at('10:00', webhook(firing('a', { labels: { to: 'ml,ads' } })));
    expect(s.incidentOf('a').deliveryIds).toHaveLength(1);
    expect(s.delivery('a').receivers).toEqual(['ads', 'ml']);
  });

  it('with the shortest timing of all routes that lead there', () => {
    const slow = routesTo('slack', { groupWait: 30 * SECOND, repeatInterval: SECOND });
    const s = scene({ route: (labels) => (labels.get('to') === 'slow' ? slow : routesTo('slack')) });
    s.at('10:00', webhook(firing('a', { labels: { to: 'slow' } })));
    expect(s.delivery('a').due?.at).toBe(at('10:00:30'));
    s.at('10:00:05', webhook(firing('b', { labels: { node: 'a' } })));
    expect(s.delivery('a').timing).toEqual(timing({ repeatInterval: SECOND }));
    expect(s.delivery('a').due?.at).toBe(at('10:00:10'));
  });

  it('unchanged when the same route comes again', () => {
    const s = scene();
    s.at('10:00', webhook(firing('a')));
    const before = s.delivery('a');
    s.at('10:00:01', webhook(firing('b', { labels: { node: 'a' } })));
    expect(s.delivery('a')).toBe(before);
  });
});
