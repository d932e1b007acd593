import { describe, expect, it } from 'vitest';
import { redactionOf } from '../../../src/config/redaction.ts';
import type { WebhookEvent } from '../../../src/correlate/event.ts';
import { EngineState } from '../../../src/correlate/state.ts';
import { Secret } from '../../../src/model/secret.ts';
import { recordedLines } from '../../../src/shard/recorded-lines.ts';
import { sealedEvent, unsealedEvent } from '../../../src/shard/sealed-event.ts';
import { action, firing, redaction, webhook } from '../correlate/scenario.ts';

const NAMES = { labels: new Set(['node']), annotations: new Set(['query']) };
const NO_NAMING = { entityKinds: [], aliases: [] };
const redacted = redaction(['node'], { annotations: ['query'] });

function event(): WebhookEvent {
  const alerts = ['gpu-secret', 'gpu-secret', ''].map((node, i) => ({
    ...firing(`f${i}`, { labels: { node, zone: 'a' }, groupKey: '{}:{node="gpu-secret"}' }),
    annotations: new Map([
      ['query', 'select gpu-secret é'],
      ['summary', 'is down'],
    ]),
    links: { silence: 'https://grafana.example/?node=gpu-secret', source: 'https://prometheus.example/graph' },
  }));
  return { ...webhook(...alerts), malformed: [{ pointer: '/alerts/3', detail: 'd', raw: '{"labels":{"node":"gpu-secret"},"startsAt":"x"}' }] };
}
const text = (given: WebhookEvent, by = redacted) => recordedLines([sealedEvent(given, by)], new EngineState()).join('\n');

describe('a webhook in a recording', () => {
  it('holds nothing that is redacted, and equal values stay equal', () => {
    expect(text(event())).not.toContain('secret');
    expect(text(event())).toContain('"zone":"a"');
    const [first, second, third] = (sealedEvent(event(), redacted) as WebhookEvent).alerts;
    expect(first?.labels.get('node')).toMatch(/^sealed-/);
    expect(first?.labels.get('node')).toBe(second?.labels.get('node'));
    expect(third?.labels.get('node')).not.toBe(first?.labels.get('node'));
  });

  it('is what it was under the same key, but for what nothing is decided by', () => {
    const { alerts } = event();
    const without = alerts.map(({ links: { silence: _, ...links }, ...alert }) => ({ ...alert, links }));
    expect(unsealedEvent(sealedEvent(event(), redacted), redacted)).toMatchObject({ alerts: without, malformed: [{ pointer: '/alerts/3' }] });
  });

  it('stays sealed under another key, or where it was changed', () => {
    const sealed = sealedEvent(event(), redacted);
    const other = redactionOf({ ...NAMES, key: new Secret('another key of some length') }, NO_NAMING);
    expect(unsealedEvent(sealed, other)).toEqual(sealed);
    const value = redacted.sealed('gpu-7');
    for (const changed of [`${value.slice(0, -1)}${value.endsWith('A') ? 'B' : 'A'}`, 'sealed-', 'sealed-AAAA', 'gpu-7'])
      expect(redacted.unsealed(changed)).toBe(changed);
    expect(redacted.unsealed(value)).toBe('gpu-7');
  });

  it('has pseudonyms where there is no key, which a replay cannot take back', () => {
    const keyless = redactionOf({ ...NAMES, key: null }, NO_NAMING);
    expect(text(event(), keyless)).not.toContain('secret');
    const sealed = sealedEvent(event(), keyless) as WebhookEvent;
    expect(sealed.alerts[0]?.labels.get('node')).toBe(keyless.pseudonym('gpu-secret'));
    expect(unsealedEvent(sealed, keyless)).toEqual(sealed);
  });

  it('is as it came where nothing is redacted, and so is whatever is no webhook', () => {
    const given = event();
    expect(sealedEvent(given, redaction())).toBe(given);
    const other = action('resolve', 'a');
    expect(sealedEvent(other, redacted)).toBe(other);
  });
});
