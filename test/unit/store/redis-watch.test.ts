import { describe, expect, it } from 'vitest';
import { memoryShare, weaknessesOf } from '../../../src/store/redis-watch.ts';

describe('weaknessesOf', () => {
  const durable = { appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'noeviction' };
  const found = (settings: Readonly<Record<string, string>>) => weaknessesOf(new Map(Object.entries(settings)));

  it('finds none where every command is written down and nothing is thrown away', () => {
    expect(found(durable)).toEqual([]);
  });

  it('names appendonly, and not how often it would be synced', () => {
    expect(found({ ...durable, appendonly: 'no', appendfsync: 'everysec' })).toEqual([
      'Redis has appendonly no: accepted alerts are lost when it stops; set appendonly yes',
    ]);
  });

  it.each(['everysec', 'no'])('names appendfsync %s', (value) => {
    expect(found({ ...durable, appendfsync: value })).toEqual([
      `Redis has appendfsync ${value}: accepted alerts of the last seconds can be lost when it is killed; set appendfsync always`,
    ]);
  });

  it('names a policy that evicts', () => {
    expect(found({ ...durable, 'maxmemory-policy': 'allkeys-lru' })).toEqual([
      'Redis has maxmemory-policy allkeys-lru: it may throw alerts and incidents away; set maxmemory-policy noeviction',
    ]);
  });

  it('names all that is weak', () => {
    expect(found({ appendonly: 'no', appendfsync: 'no', 'maxmemory-policy': 'volatile-ttl' })).toHaveLength(2);
  });

  it('says so where the settings are not shown', () => {
    const [weakness, ...more] = found({ unknown: 'NOPERM this user has no permissions' });
    expect(more).toEqual([]);
    for (const setting of ['appendonly yes', 'appendfsync always', 'maxmemory-policy noeviction']) expect(weakness).toContain(setting);
  });
});

describe('memoryShare', () => {
  const info = (used: number, most: number) =>
    [
      '# Memory',
      `used_memory:${used}`,
      'used_memory_human:1.00M',
      'used_memory_peak:999999999',
      `maxmemory:${most}`,
      'maxmemory_human:0B',
      'maxmemory_policy:noeviction',
      '',
    ].join('\r\n');

  it('is what is used of what may be', () => {
    expect(memoryShare(info(800, 1000))).toBe(0.8);
    expect(memoryShare(info(1_048_576, 4_194_304))).toBe(0.25);
  });

  it('is not known without a limit', () => {
    expect(memoryShare(info(800, 0))).toBeNull();
    expect(memoryShare('')).toBeNull();
  });
});
