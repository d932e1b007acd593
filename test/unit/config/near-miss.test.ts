import { describe, expect, it } from 'vitest';
import { nearMiss, suggestion } from '../../../src/config/near-miss.ts';

const KEYS = ['route', 'receivers', 'group_wait', 'group_interval', 'to', 'severities'];

describe('what was meant by an unknown word', () => {
  it.each([
    ['recievers', 'receivers'],
    ['routes', 'route'],
    ['group_wiat', 'group_wait'],
    ['groupInterval', 'group_interval'],
    ['Severities', 'severities'],
  ])('%s: %s', (written, meant) => {
    expect(nearMiss(written, KEYS)).toBe(meant);
  });

  it.each(['banana', 'x', 'inhibit', ''])('is not known for "%s"', (written) => {
    expect(nearMiss(written, KEYS)).toBeNull();
  });

  it('is asked for after a message', () => {
    expect(suggestion('rout', KEYS)).toBe(' (did you mean "route"?)');
    expect(suggestion('banana', KEYS)).toBe('');
  });
});
