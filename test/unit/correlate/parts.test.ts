import { describe, expect, it } from 'vitest';
import { type PartOnset, withDomain, withEnd, withOnset } from '../../../src/correlate/parts.ts';
import { at, part } from './scenario.ts';

function onset(given: Partial<PartOnset> = {}): PartOnset {
  return {
    entity: 'node/gpu-7',
    domain: 'infra',
    severity: 'warning',
    fingerprint: 'b',
    rule: 'DiskFull',
    at: at('10:05'),
    joins: true,
    starts: true,
    ...given,
  };
}

describe('an onset', () => {
  it('on an entity that was not there adds a part, and the incident spreads', () => {
    expect(withOnset([], onset())).toEqual({
      spread: true,
      parts: [part({ severity: 'warning', firstAt: at('10:05'), fingerprint: 'b', rule: 'DiskFull' })],
    });
  });

  it('on an entity that is there counts there, under the worse severity and the first alert', () => {
    expect(withOnset([part()], onset())).toEqual({ spread: false, parts: [part({ lastAt: at('10:05'), alerts: 2, firing: 2 })] });
    expect(withOnset([part({ severity: 'info' })], onset()).parts[0]?.severity).toBe('warning');
  });

  it('of an alert that ended here before counts as firing, not as another alert', () => {
    expect(withOnset([part({ firing: 0 })], onset({ joins: false })).parts).toEqual([part({ lastAt: at('10:05') })]);
  });

  it('of an alert that fires here already counts as neither', () => {
    expect(withOnset([part()], onset({ joins: false, starts: false })).parts).toEqual([part({ lastAt: at('10:05') })]);
  });

  it('beyond 256 entities is counted without a name, and ends there', () => {
    const full = Array.from({ length: 256 }, (_, i) => part({ entity: `node/${i}` }));
    const { parts } = withOnset(full, onset({ entity: 'node/256' }));
    expect([parts.length, parts.at(-1)?.entity]).toEqual([257, null]);
    const more = withOnset(parts, onset({ entity: 'node/257' })).parts;
    expect([more.length, more.at(-1)?.alerts, more.at(-1)?.firing]).toEqual([257, 2, 2]);
    expect(withEnd(more, 'node/256').at(-1)?.firing).toBe(1);
  });
});

describe('an end', () => {
  it('takes one from what fires on its entity', () => {
    expect(withEnd([part({ firing: 2 }), part({ entity: null })], 'node/gpu-7')).toEqual([part({ firing: 1 }), part({ entity: null })]);
  });

  it('on an entity that is not there changes nothing', () => {
    expect(withEnd([part()], 'node/gpu-8')).toEqual([part()]);
  });
});

it('the domains of an incident come in the order of the stack, each once', () => {
  expect(withDomain(['business'], 'infra')).toEqual(['infra', 'business']);
  expect(withDomain(['infra', 'business'], 'business')).toEqual(['infra', 'business']);
});
