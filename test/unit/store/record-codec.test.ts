import { describe, expect, it } from 'vitest';
import type { AlertDocument } from '../../../src/model/alert.ts';
import { decode, decodeDocument, encode, encodeDocument, UnreadableRecord } from '../../../src/store/record-codec.ts';

describe('a record', () => {
  it('is read as it was written', () => {
    const record = { id: 'a', at: 1_772_359_200_123, text: 'né 😀 "\n', none: null, list: [1, [2]], nested: { yes: true } };
    expect(decode(encode(record))).toEqual(record);
    expect(decode(encode([]))).toEqual([]);
  });

  it('begins with the version that wrote it', () => {
    expect(encode({ a: 1 })).toBe('1{"a":1}');
  });

  it.each([
    ['0{"a":1}', '"0"'],
    ['2{"a":1}', '"2"'],
    ['{"a":1}', '"{"'],
  ])('of another version is not read: %s', (text, named) => {
    expect(() => decode(text)).toThrow(UnreadableRecord);
    expect(() => decode(text)).toThrow(`a stored record of version ${named} cannot be read; this service knows version 1`);
  });

  it('is not read when there is nothing of it', () => {
    expect(() => decode('')).toThrow(UnreadableRecord);
  });
});

describe('what an alert says', () => {
  const document: AlertDocument = {
    fingerprint: '791cec13fcba0368',
    labels: new Map([
      ['alertname', 'NodeDown'],
      ['__proto__', 'polluted'],
      ['constructor', 'x'],
    ]),
    annotations: new Map([['summary', 'gpu-7 is gone']]),
    links: { source: 'https://prometheus.example/graph', panel: 'https://grafana.example/d/1' },
    source: 'grafana',
  };

  it('is read as it was written, with the time at which that was, whatever its labels are called', () => {
    expect(decodeDocument(encodeDocument(document, 1_772_359_200_000))).toEqual({ ...document, writtenAt: 1_772_359_200_000 });
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('keeps its labels in their order', () => {
    expect([...decodeDocument(encodeDocument(document, 0)).labels.keys()]).toEqual(['alertname', '__proto__', 'constructor']);
  });

  it('of another version is not read', () => {
    expect(() => decodeDocument(`2${encodeDocument(document, 0).slice(1)}`)).toThrow(UnreadableRecord);
  });
});
