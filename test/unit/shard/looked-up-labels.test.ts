import { describe, expect, it } from 'vitest';
import type { SilenceSet } from '../../../src/correlate/event.ts';
import type { AlertDocument, AlertState } from '../../../src/model/alert.ts';
import { consulted, informed } from '../../../src/shard/looked-up-labels.ts';
import { alertState } from '../correlate/alert-state.ts';
import { action, at, webhook } from '../correlate/scenario.ts';

const alerts = new Map<string, AlertState>([
  ['a', alertState({ fingerprint: 'a', status: 'firing' })],
  ['b', alertState({ fingerprint: 'b', status: 'resolved' })],
]);
const silence: SilenceSet = {
  kind: 'silence',
  receivedAt: at('10:00'),
  silence: {
    id: 's',
    matchers: [{ name: 'node', operator: '=', value: 'gpu-7' }],
    startsAt: at('10:00'),
    endsAt: at('11:00'),
    updatedAt: at('10:00'),
    createdBy: 'ada',
    comment: 'c',
  },
  matched: [],
};
const split = action({ action: 'split' }, 'x', { fingerprints: ['b', 'c'] });
const document = (fingerprint: string, node: string): AlertDocument => ({
  fingerprint,
  labels: new Map([['node', node]]),
  annotations: new Map(),
  links: {},
  source: 'alertmanager',
});
const documents = new Map([
  ['a', document('a', 'gpu-7')],
  ['b', document('b', 'gpu-8')],
]);

describe('the alerts whose labels are looked up', () => {
  it('are those that fire for a silence, those named for a split, and none for anything else', () => {
    expect(consulted([silence], alerts)).toEqual(['a']);
    expect(consulted([split], alerts)).toEqual(['b', 'c']);
    expect(consulted([split, silence], alerts)).toEqual(['a', 'b', 'c']);
    expect(consulted([webhook(), action('acknowledge', 'a')], alerts)).toEqual([]);
  });
});

describe('an event', () => {
  it('is told what a silence matches, and the labels of what is split off as far as they are known', () => {
    expect(informed(silence, documents)).toEqual({ ...silence, matched: ['a'] });
    expect(informed(split, documents)).toEqual({ ...split, labels: new Map([['b', new Map([['node', 'gpu-8']])]]) });
    const other = action('resolve', 'a');
    expect(informed(other, documents)).toBe(other);
  });
});
