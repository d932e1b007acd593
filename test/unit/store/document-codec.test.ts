import { describe, expect, it } from 'vitest';
import type { AlertDocument } from '../../../src/model/alert.ts';
import { decodeDocument, encodeDocument } from '../../../src/store/document-codec.ts';
import { UnreadableRecord } from '../../../src/store/record-codec.ts';

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
    expect(decodeDocument(encodeDocument(document, 1_772_359_200_000), document.fingerprint)).toEqual({ ...document, writtenAt: 1_772_359_200_000 });
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('keeps its labels in their order', () => {
    expect([...decodeDocument(encodeDocument(document, 0), document.fingerprint).labels.keys()]).toEqual(['alertname', '__proto__', 'constructor']);
  });

  it('is read as an older version wrote it', () => {
    const { labels: _, annotations: __, ...rest } = document;
    const old = `1{"labels":{"alertname":"NodeDown","__proto__":"polluted","constructor":"x"},"annotations":{"summary":"gpu-7 is gone"},"writtenAt":5,${JSON.stringify(rest).slice(1)}`;
    expect(decodeDocument(old, document.fingerprint)).toEqual({ ...document, writtenAt: 5 });
  });

  it('of another version is not read', () => {
    expect(() => decodeDocument(`3${encodeDocument(document, 0).slice(1)}`, document.fingerprint)).toThrow(UnreadableRecord);
  });
});
