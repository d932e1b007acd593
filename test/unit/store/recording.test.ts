import { describe, expect, it } from 'vitest';
import { packLines, roomIn, unpackLines } from '../../../src/store/recording.ts';

describe('a packed batch', () => {
  it('gives its lines back', () => {
    const lines = ['{"a":"é"}', '{"b":1}'];
    expect(unpackLines(packLines(lines))).toEqual(lines);
  });

  it('of alerts that are alike is a fraction of them', () => {
    const lines = Array.from({ length: 200 }, (_, i) => JSON.stringify({ labels: { alertname: 'HighLatency', instance: `10.0.0.${i}:9100` } }));
    expect(packLines(lines).length).toBeLessThan(lines.join('\n').length / 5);
  });
});

describe('the room of a recording', () => {
  it('is a quarter of the memory that Redis may take', () => {
    expect(roomIn('used_memory:12\r\nmaxmemory:4000\r\nmaxmemory_policy:noeviction\r\n')).toBe(1000);
  });

  it('is as good as endless where Redis has no limit', () => {
    expect(roomIn('maxmemory:0\r\n')).toBe(Number.MAX_SAFE_INTEGER);
  });
});
