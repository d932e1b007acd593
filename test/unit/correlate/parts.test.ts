import { describe, expect, it } from 'vitest';
import { mergedParts, type PartOnset, partsWithout, withDomain, withEnd, withOnset } from '../../../src/correlate/parts.ts';
import type { EntityPart } from '../../../src/model/incident.ts';
import { HOUR, SECOND } from '../../../src/model/time.ts';
import { alertState } from './alert-state.ts';
import { at, PLAIN_PART, part } from './scenario.ts';

/** An alert of the rule NodeDown that fires on node/gpu-7 at 10:05, but for what is said otherwise. */
function onset(given: Partial<PartOnset> = {}): PartOnset {
  return {
    entity: 'node/gpu-7',
    domain: 'infra',
    severity: 'warning',
    fingerprint: 'b',
    rule: 'NodeDown',
    at: at('10:05'),
    joins: true,
    starts: true,
    rate: PLAIN_PART.rate,
    weight: 1,
    slow: false,
    resolution: 0,
    labels: [],
    ...given,
  };
}

/** Labels by number, as an alert carries them. */
function carried(...ids: readonly number[]): PartOnset['labels'] {
  return ids.map((id) => ({ id, pair: `name=${id}`, share: 0.01 }));
}

/** As many parts as an incident tells apart. */
const FULL: readonly EntityPart[] = Array.from({ length: 256 }, (_, i) => part({ entity: `node/${i}` }));

describe('an onset', () => {
  it('on an entity that was not there adds a part', () => {
    expect(withOnset([], onset())).toEqual([part({ severity: 'warning', firstAt: at('10:05'), fingerprint: 'b' })]);
  });

  it('keeps with its part what is known of it', () => {
    const parts = withOnset(
      [],
      onset({ domain: 'model', rule: 'PredictionDrift', rate: 1 / HOUR, slow: true, resolution: 30 * SECOND, labels: carried(3, 9) }),
    );
    expect(parts).toMatchObject([{ domain: 'model', symptom: 'outcome', rate: 1 / HOUR, slow: true, resolution: 30 * SECOND, labels: [3, 9] }]);
  });

  it('of a rule that is there on that entity counts there, under the worse severity and the first alert', () => {
    expect(withOnset([part()], onset())).toEqual([part({ lastAt: at('10:05'), alerts: 2, firing: 2 })]);
    expect(withOnset([part({ severity: 'info' })], onset())[0]?.severity).toBe('warning');
  });

  it('of another rule on that entity is another part', () => {
    const parts = withOnset([part()], onset({ rule: 'DiskFull' }));
    expect(parts).toEqual([part(), part({ severity: 'warning', firstAt: at('10:05'), fingerprint: 'b', rule: 'DiskFull' })]);
  });

  it('of that rule on another entity is another part', () => {
    const parts = withOnset([part()], onset({ entity: 'node/gpu-8' }));
    expect(parts.map(({ entity, rule }) => [entity, rule])).toEqual([
      ['node/gpu-7', 'NodeDown'],
      ['node/gpu-8', 'NodeDown'],
    ]);
  });

  it('that names no entity counts with others of its rule that name none', () => {
    const nameless = part({ entity: null });
    expect(withOnset([part(), nameless], onset({ entity: null })).map(({ alerts }) => alerts)).toEqual([1, 2]);
    expect(withOnset([part(), nameless], onset({ entity: null, rule: 'DiskFull' }))).toHaveLength(3);
  });

  it('of an alert that ended here before counts as firing, not as another alert', () => {
    expect(withOnset([part({ firing: 0 })], onset({ joins: false }))).toEqual([part({ lastAt: at('10:05') })]);
  });

  it('of an alert that fires again moves the latest onset only as far as the alert is rare', () => {
    const before = part({ lastAt: at('10:01') });
    expect(withOnset([before], onset({ joins: false, weight: 0.25 }))[0]?.lastAt).toBe(at('10:02'));
    expect(withOnset([before], onset({ weight: 0.25 }))[0]?.lastAt).toBe(at('10:05'));
  });

  it('of an alert that fires here already counts as neither', () => {
    expect(withOnset([part()], onset({ joins: false, starts: false }))).toEqual([part({ lastAt: at('10:05') })]);
  });

  it('leaves a part the labels that all of its alerts share, and the rate of the latest', () => {
    const [shared] = withOnset([part({ labels: [1, 2, 3] })], onset({ labels: carried(3, 1, 4), rate: 1 / HOUR }));
    expect(shared).toMatchObject({ labels: [1, 3], rate: 1 / HOUR });
  });

  it('beyond 256 parts is counted without a name, and ends there', () => {
    const parts = withOnset(FULL, onset({ entity: 'node/256' }));
    expect([parts.length, parts.at(-1)?.entity]).toEqual([257, null]);
    const more = withOnset(parts, onset({ entity: 'node/257', rule: 'DiskFull' }));
    expect([more.length, more.at(-1)?.alerts, more.at(-1)?.firing]).toEqual([257, 2, 2]);
    expect(withEnd(more, 'node/256', 'NodeDown', at('10:10')).at(-1)?.firing).toBe(1);
  });

  it('beyond 256 parts still counts where its entity and rule are there', () => {
    const parts = withOnset(FULL, onset({ entity: 'node/3' }));
    expect([parts.length, parts[3]?.alerts]).toEqual([256, 2]);
  });
});

describe('an end', () => {
  it('takes one from what fires of its rule on its entity, and says when', () => {
    const others = [part({ rule: 'DiskFull' }), part({ entity: 'node/gpu-8' }), part({ entity: null })];
    expect(withEnd([part({ firing: 2 }), ...others], 'node/gpu-7', 'NodeDown', at('10:20'))).toEqual([part({ firing: 1, endedAt: at('10:20') }), ...others]);
  });

  it('of an alert that names no entity takes one from those of its rule', () => {
    const [named, nameless] = withEnd([part(), part({ entity: null })], null, 'NodeDown', at('10:20'));
    expect([named?.firing, nameless?.firing]).toEqual([1, 0]);
  });

  it('leaves no fewer than none', () => {
    expect(withEnd([part({ firing: 0 })], 'node/gpu-7', 'NodeDown', at('10:20'))[0]?.firing).toBe(0);
  });

  it('on an entity or of a rule that is not there changes nothing', () => {
    expect(withEnd([part()], 'node/gpu-8', 'NodeDown', at('10:20'))).toEqual([part()]);
    expect(withEnd([part()], 'node/gpu-7', 'DiskFull', at('10:20'))).toEqual([part()]);
  });
});

describe('the parts of two incidents as one', () => {
  const NOBODY: ReadonlySet<string> = new Set();
  const a = alertState({ fingerprint: 'a' });
  const b = alertState({ fingerprint: 'b', entity: 'node/gpu-8' });

  it('are those of the one, then those that come from the other', () => {
    const merged = mergedParts([part()], [part({ entity: 'node/gpu-8', fingerprint: 'b' })], [b], NOBODY);
    expect(merged).toEqual([part(), part({ entity: 'node/gpu-8', fingerprint: 'b' })]);
  });

  it('count once where both have the rule on the entity, as the earlier began and the later goes on', () => {
    const own = part({ firstAt: at('10:10'), fingerprint: 'x', severity: 'warning', alerts: 2, firing: 2, rate: 1 / HOUR });
    const other = part({ firstAt: at('10:00'), lastAt: at('10:20'), fingerprint: 'a', alerts: 1, firing: 1 });
    expect(mergedParts([own], [other], [a], NOBODY)).toEqual([
      part({ firstAt: at('10:00'), lastAt: at('10:20'), fingerprint: 'a', severity: 'critical', alerts: 3, firing: 3 }),
    ]);
  });

  it('keep rules on one entity apart', () => {
    const merged = mergedParts([part({ rule: 'DiskFull' })], [part()], [a], NOBODY);
    expect(merged.map(({ rule, alerts }) => [rule, alerts])).toEqual([
      ['DiskFull', 1],
      ['NodeDown', 1],
    ]);
  });

  it('take over what moves and leave the rest', () => {
    const others = [part({ alerts: 3, firing: 2 }), part({ entity: 'node/gpu-8' })];
    expect(mergedParts([], others, [a], NOBODY)).toEqual([part({ alerts: 1, firing: 1 })]);
  });

  it('count an alert that ended as one that does not fire', () => {
    const ended = part({ firing: 0, endedAt: at('10:30') });
    expect(mergedParts([], [ended], [{ ...a, status: 'resolved' }], NOBODY)).toEqual([ended]);
    expect(mergedParts([part()], [ended], [{ ...a, status: 'resolved' }], NOBODY)).toMatchObject([{ alerts: 2, firing: 1, endedAt: at('10:30') }]);
  });

  it('have the later of the ends, as far as there is one', () => {
    const endOf = (own: string | null, other: string | null) => {
      const [merged] = mergedParts([part({ endedAt: own === null ? null : at(own) })], [part({ endedAt: other === null ? null : at(other) })], [a], NOBODY);
      return merged?.endedAt;
    };
    expect(endOf('10:30', '10:40')).toBe(at('10:40'));
    expect(endOf('10:40', '10:30')).toBe(at('10:40'));
    expect(endOf('10:40', null)).toBe(at('10:40'));
    expect(endOf(null, null)).toBe(null);
  });

  it('count an alert that comes back as firing, not as another one', () => {
    expect(mergedParts([part({ firing: 0, endedAt: at('10:05') })], [part()], [a], new Set(['a']))).toMatchObject([{ alerts: 1, firing: 1 }]);
  });

  it('count what the other had beyond 256 without a name', () => {
    const others = [...FULL, part({ entity: null, others: true, alerts: 2, firing: 2 })];
    const beyond = [alertState({ entity: 'node/256' }), alertState({ fingerprint: 'b', entity: 'node/257', rule: 'DiskFull' })];
    expect(mergedParts([part()], others, beyond, NOBODY)).toEqual([part(), part({ entity: null, others: true, alerts: 2, firing: 2 })]);
  });
});

describe('the parts of an incident that some alerts have left', () => {
  it('lose what has no alert any more, and the others count fewer', () => {
    const parts = [part({ alerts: 3, firing: 2 }), part({ rule: 'DiskFull' }), part({ entity: 'node/gpu-8' })];
    const gone = [alertState(), alertState({ fingerprint: 'b', status: 'resolved' }), alertState({ fingerprint: 'c', rule: 'DiskFull' })];
    expect(partsWithout(parts, gone)).toEqual([part({ alerts: 1, firing: 1 }), part({ entity: 'node/gpu-8' })]);
  });

  it('are as they were when none of theirs left', () => {
    expect(partsWithout([part()], [])).toEqual([part()]);
    expect(partsWithout([part()], [alertState({ rule: 'DiskFull' }), alertState({ entity: null })])).toEqual([part()]);
  });

  it('count those beyond 256 without a name', () => {
    const parts = [...FULL, part({ entity: null, others: true, alerts: 2, firing: 2 })];
    expect(partsWithout(parts, [alertState({ entity: 'node/256', rule: 'DiskFull' })]).at(-1)).toEqual(
      part({ entity: null, others: true, alerts: 1, firing: 1 }),
    );
    expect(partsWithout(parts, [alertState({ entity: 'node/0' })])).toHaveLength(256);
  });
});

it('the domains of an incident come in the order of the stack, each once', () => {
  expect(withDomain(['business'], 'infra')).toEqual(['infra', 'business']);
  expect(withDomain(['infra', 'business'], 'business')).toEqual(['infra', 'business']);
});
