import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/model/change.ts';
import { Secret } from '../../../src/model/secret.ts';
import { changeUrl, pagerDutyChangeEvent } from '../../../src/notify/pagerduty/change-event.ts';
import { changeMessages, isChangeMessage } from '../../../src/notify/pagerduty/forward-change.ts';
import type { Target } from '../../../src/notify/target.ts';
import { time } from './incident-view.ts';

const change = (given: Partial<Change> = {}): Change => ({
  id: '01CHANGE',
  entity: 'model/ranker',
  summary: 'ranker v41',
  kind: 'model-promotion',
  at: time('2026-03-01T02:47:00Z').ms,
  link: 'https://ci.example.com/41',
  ...given,
});
const event = (given: Partial<Change> = {}) => JSON.parse(pagerDutyChangeEvent(change(given), 'key'));

describe('a change event', () => {
  it('says what was changed, on what, when, and where to read about it', () => {
    expect(event()).toEqual({
      routing_key: 'key',
      payload: {
        summary: 'model-promotion on model/ranker: ranker v41',
        source: 'model/ranker',
        timestamp: '2026-03-01T02:47:00Z',
        custom_details: { entity: 'model/ranker', kind: 'model-promotion', change: '01CHANGE' },
      },
      links: [{ href: 'https://ci.example.com/41', text: 'Change' }],
    });
  });

  it('has a summary of at most 1,024 characters, and no link that is none', () => {
    expect(Array.from(event({ summary: '𝕏'.repeat(5000) }).payload.summary)).toHaveLength(1024);
    expect(event({ link: 'javascript:alert(1)' })).not.toHaveProperty('links');
    expect(event({ link: null })).not.toHaveProperty('links');
  });

  it('goes beside where events go', () => {
    expect(changeUrl('https://events.eu.pagerduty.com/v2/enqueue')).toBe('https://events.eu.pagerduty.com/v2/change/enqueue');
  });
});

it('a change is forwarded to whoever asks for changes', () => {
  const pager = { kind: 'pagerduty', routingKey: new Secret('k'), url: 'https://events.pagerduty.com/v2/enqueue' } as const;
  const targets = new Map<string, Target>([
    ['pagerduty/1', { ...pager, changeEvents: true }],
    ['pagerduty/2', pager],
    ['console', { kind: 'console' }],
  ]);
  const messages = changeMessages('a~b', targets, 7);
  expect(messages).toEqual([{ deliveryId: 'change~pagerduty/1~a~b', seq: 7 }]);
  expect(messages.map(isChangeMessage)).toEqual([true]);
});
