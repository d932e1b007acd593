import { describe, expect, it } from 'vitest';
import { defaultMaxMemory, serverArguments } from '../../../src/store/embedded/server-settings.ts';
import { socketPathFor } from '../../../src/store/embedded/socket-path.ts';

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

describe('defaultMaxMemory', () => {
  it.each([
    ['half of the machine', 8 * GIB, 0, 4 * GIB],
    ["half of the container's limit where that is lower", 8 * GIB, 2 * GIB, 1 * GIB],
    ['half of the machine where a container may have more than there is', 8 * GIB, 2 ** 63, 4 * GIB],
    ['half of the machine where no limit is known', 8 * GIB, undefined, 4 * GIB],
    ['256 MiB on a small machine', 384 * MIB, 0, 256 * MIB],
  ])('is %s', (_what, machine, limit, expected) => {
    expect(defaultMaxMemory(machine, limit)).toBe(expected);
  });
});

describe('serverArguments', () => {
  it('hands a path over as one argument, whatever is in it', () => {
    const given = serverArguments({ socketPath: '/data dir/redis.sock', directory: '/data dir/redis', maxMemoryBytes: 1024 });
    expect(given.slice(given.indexOf('--unixsocket'), given.indexOf('--unixsocket') + 2)).toEqual(['--unixsocket', '/data dir/redis.sock']);
    expect(given.slice(given.indexOf('--maxmemory'), given.indexOf('--maxmemory') + 2)).toEqual(['--maxmemory', '1024']);
  });

  it('keeps everything, on disk before it is acknowledged, and lists compressed', () => {
    const given = serverArguments({ socketPath: '/data/redis.sock', directory: '/data/redis', maxMemoryBytes: 1024 }).join(' ');
    for (const setting of ['--appendonly yes', '--appendfsync always', '--maxmemory-policy noeviction', '--list-compress-depth 1'])
      expect(given).toContain(setting);
  });
});

describe('socketPathFor', () => {
  it('is beside the data', () => {
    expect(socketPathFor('/srv/winnow/data', '/tmp')).toBe('/srv/winnow/data/redis.sock');
  });

  it('is in the temporary directory, always the same, when that would be too long', () => {
    const long = `/srv/${'ä'.repeat(50)}`;
    expect(socketPathFor(long, '/var/tmp')).toMatch(/^\/var\/tmp\/winnow-[0-9a-f]{16}\/redis\.sock$/);
    expect(socketPathFor(long, '/var/tmp')).toBe(socketPathFor(long, '/var/tmp'));
    expect(socketPathFor(`${long}/other`, '/var/tmp')).not.toBe(socketPathFor(long, '/var/tmp'));
  });

  it('is in /tmp when the temporary directory has a long path as well', () => {
    const long = `/srv/${'x'.repeat(120)}`;
    expect(socketPathFor(long, `/private/${'y'.repeat(80)}`)).toMatch(/^\/tmp\/winnow-[0-9a-f]{16}\/redis\.sock$/);
  });
});
