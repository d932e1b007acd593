import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../src/model/labels.ts';

describe('the fingerprint of a label set', () => {
  it('is the one that Alertmanager sent for these labels', () => {
    // The sample payload of GoAlert's Prometheus integration, recorded from an Alertmanager.
    const common = { alertname: 'InstanceDown', code: '200', job: 'prometheus', monitor: 'codelab-monitor', severity: 'critical' };
    expect(fingerprintOf(new Map(Object.entries({ ...common, instance: '127.0.0.1:9090' })))).toBe('791cec13fcba0368');
    expect(fingerprintOf(new Map(Object.entries({ ...common, instance: 'localhost:9090' })))).toBe('8df98227bdd81384');
  });

  it('does not depend on the order of the labels', () => {
    const forwards = new Map([
      ['alertname', 'Bare'],
      ['team', 'none'],
    ]);
    const backwards = new Map([
      ['team', 'none'],
      ['alertname', 'Bare'],
    ]);
    expect(fingerprintOf(forwards)).toBe('93a091dc0e67df2d');
    expect(fingerprintOf(backwards)).toBe('93a091dc0e67df2d');
  });

  it('keeps names and values apart', () => {
    expect(fingerprintOf(new Map([['ab', 'c']]))).not.toBe(fingerprintOf(new Map([['a', 'bc']])));
  });

  it('is the offset basis of the hash for no labels at all', () => {
    expect(fingerprintOf(new Map())).toBe('cbf29ce484222325');
  });

  it('has all of its 16 digits when it begins with zeros', () => {
    const found = Array.from({ length: 4096 }, (_, i) => fingerprintOf(new Map([['n', String(i)]]))).filter((hex) => hex.startsWith('00'));
    expect(found.length).toBeGreaterThan(0);
    for (const hex of found) expect(hex).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is FNV-1a over the UTF-8 bytes, names sorted by them, whatever the text', () => {
    // One to four bytes of UTF-8, and the neighbours of the surrogates, where bytes and code units sort differently.
    const character = fc.constantFrom('a', 'Z', '_', '\0', '\x7f', 'é', '\u07ff', '\u0800', '€', '\ud7ff', '\ue000', '\uffff', '😀', '\u{10ffff}');
    const name = fc.string({ unit: character, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { maxLength: 8 }), (pairs) => {
        const labels = new Map(pairs);
        expect(fingerprintOf(labels)).toBe(plainFnv1a(labels));
      }),
    );
  });
});

/** The definition, word for word and slow. */
function plainFnv1a(labels: ReadonlyMap<string, string>): string {
  const pairs = [...labels].map(([name, value]) => [Buffer.from(name), Buffer.from(value)] as const).sort(([a], [b]) => Buffer.compare(a, b));
  let hash = 0xcbf29ce484222325n;
  for (const [name, value] of pairs) {
    for (const byte of [...name, 0xff, ...value, 0xff]) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
