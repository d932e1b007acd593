import { describe, expect, it } from 'vitest';
import { readLabelSet } from '../../../src/receivers/label-set.ts';

const labels = (value: unknown) => readLabelSet(value, 'labels', '/alerts/3');
const annotations = (value: unknown) => readLabelSet(value, 'annotations', '/alerts/3');
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`l${i}`, 'v']));

describe('a label set', () => {
  it('holds names and values as they came', () => {
    expect(labels({ alertname: 'HighLatency', 'k8s.pod/name': 'ränker-0 ✓' })).toEqual(
      new Map([
        ['alertname', 'HighLatency'],
        ['k8s.pod/name', 'ränker-0 ✓'],
      ]),
    );
  });

  it('is empty when it is missing or null', () => {
    expect(labels(undefined)).toEqual(new Map());
    expect(annotations(null)).toEqual(new Map());
  });

  it('turns numbers and booleans into text', () => {
    expect(labels({ gpu: 7, share: 0.5, spot: true, mig: false })).toEqual(
      new Map([
        ['gpu', '7'],
        ['share', '0.5'],
        ['spot', 'true'],
        ['mig', 'false'],
      ]),
    );
  });

  it('leaves out what is empty or null, which to Prometheus is no label', () => {
    expect(labels({ team: '', zone: null, job: 'x' })).toEqual(new Map([['job', 'x']]));
  });

  it('keeps labels whose names mean something to JavaScript', () => {
    const read = labels(JSON.parse('{"__proto__": "a", "constructor": "b", "toString": "c"}'));
    expect(read).toEqual(
      new Map([
        ['__proto__', 'a'],
        ['constructor', 'b'],
        ['toString', 'c'],
      ]),
    );
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
  });

  it('replaces half a character by U+FFFD, as it could not be stored', () => {
    expect(labels({ a: 'x\ud83d', 'b\ude00': 'y', c: '\ud83d\ude00' })).toEqual(
      new Map([
        ['a', 'x\ufffd'],
        ['b\ufffd', 'y'],
        ['c', '😀'],
      ]),
    );
  });

  it('is a fault when it is no object', () => {
    expect(labels([])).toEqual({ kind: 'fault', pointer: '/alerts/3/labels', detail: 'must be an object of texts, not an array' });
    expect(annotations('x')).toEqual({ kind: 'fault', pointer: '/alerts/3/annotations', detail: 'must be an object of texts, not a string' });
  });

  it('is a fault when a value is an object or an array, its name escaped in the pointer', () => {
    expect(labels({ team: {} })).toEqual({ kind: 'fault', pointer: '/alerts/3/labels/team', detail: 'must be a text, not an object' });
    expect(labels({ 'a/b~c': [1] })).toEqual({ kind: 'fault', pointer: '/alerts/3/labels/a~1b~0c', detail: 'must be a text, not an array' });
  });

  it('is a fault when a name is empty', () => {
    expect(labels({ '': 'x' })).toEqual({ kind: 'fault', pointer: '/alerts/3/labels', detail: 'has a member without a name' });
  });
});

describe('the limits of a label set', () => {
  it('are 256 members', () => {
    expect(labels(many(256))).toHaveProperty('size', 256);
    expect(labels(many(257))).toEqual({ kind: 'fault', pointer: '/alerts/3/labels', detail: 'has 257 members; at most 256 are allowed' });
  });

  it('are 1 KiB of UTF-8 for a name, and the fault does not repeat it', () => {
    expect(labels({ ['n'.repeat(1024)]: 'v' })).toHaveProperty('size', 1);
    expect(labels({ ['n'.repeat(1025)]: 'v' })).toEqual({ kind: 'fault', pointer: '/alerts/3/labels', detail: 'has a name beyond 1024 bytes' });
    expect(labels({ ['é'.repeat(513)]: 'v' })).toHaveProperty('kind', 'fault');
  });

  it('are 64 KiB for the value of a label', () => {
    expect(labels({ a: 'v'.repeat(65_536) })).toHaveProperty('size', 1);
    expect(labels({ a: 'v'.repeat(65_537) })).toEqual({ kind: 'fault', pointer: '/alerts/3/labels/a', detail: 'is longer than the 65536 bytes allowed' });
    expect(labels({ a: '€'.repeat(21_846) })).toHaveProperty('kind', 'fault');
  });

  it('are 256 KiB for the value of an annotation', () => {
    expect(annotations({ a: 'v'.repeat(262_144) })).toHaveProperty('size', 1);
    expect(annotations({ a: 'v'.repeat(262_145) })).toEqual({
      kind: 'fault',
      pointer: '/alerts/3/annotations/a',
      detail: 'is longer than the 262144 bytes allowed',
    });
  });
});
