import { describe, expect, it } from 'vitest';
import { compareText, labelsFromObject, labelsToObject } from '../../../src/model/labels.ts';

describe('labels', () => {
  it('go to an object and back, also those that an object has a meaning for', () => {
    const hostile = JSON.parse('{"__proto__":"a","constructor":"b","alertname":"NodeDown"}') as Record<string, string>;
    const labels = labelsFromObject(hostile);
    expect([...labels]).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['alertname', 'NodeDown'],
    ]);
    expect(JSON.stringify(labelsToObject(labels))).toBe('{"__proto__":"a","constructor":"b","alertname":"NodeDown"}');
  });
});

describe('texts', () => {
  it('compare by code unit and never as a language would', () => {
    expect(['ä', 'b', 'a', 'B', '10', '9'].sort(compareText)).toEqual(['10', '9', 'B', 'a', 'b', 'ä']);
    expect(compareText('a', 'a')).toBe(0);
  });
});
