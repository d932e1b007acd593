import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { failFastConnection, patientConnection, RedisAddressError } from '../../../src/store/redis-connection.ts';

/** Where a connection to an address would go; it is closed before it gets there. */
function placeOf(address: string) {
  const redis = patientConnection(address);
  redis.on('error', () => undefined);
  redis.disconnect();
  const { path, host, port, db, tls, username, password } = redis.options;
  return path === undefined ? { host, port, db, tls: tls !== undefined, username, password } : { path };
}

/** What an address that cannot be used is answered with. */
function refusalOf(address: string): unknown {
  try {
    const redis = failFastConnection(address, 1000);
    redis.on('error', () => undefined);
    redis.disconnect();
    return `taken for ${redis.options.path ?? redis.options.host}`;
  } catch (error) {
    return error;
  }
}

describe('the address of Redis', () => {
  it('may be a URL', () => {
    expect(placeOf('redis://127.0.0.1:6390')).toMatchObject({ host: '127.0.0.1', port: 6390, tls: false });
    expect(placeOf('redis://ada:hunter2@127.0.0.1:6390/3')).toMatchObject({ username: 'ada', password: 'hunter2', db: 3 });
  });

  it('may be a URL that asks for TLS', () => {
    expect(placeOf('rediss://:hunter2@127.0.0.1:6390')).toMatchObject({ host: '127.0.0.1', port: 6390, tls: true });
  });

  it.each(['unix:/run/redis.sock', 'unix:///run/redis.sock', '/run/redis.sock'])('may be a socket: %s', (address) => {
    expect(placeOf(address)).toEqual({ path: '/run/redis.sock' });
  });

  it.each([
    ['a host without a scheme', 'localhost:6379'],
    ['the URL of something else', 'http://:hunter2@localhost:6379'],
    ['a scheme without slashes', 'redis:localhost'],
    ['nothing', ''],
    ['text before the URL', ' redis://localhost'],
    ['a socket without a path', 'unix:'],
    ['a socket whose path is not absolute', 'unix:redis.sock'],
    ['a socket on a host', 'unix://run/redis.sock'],
    ['a URL whose port is none', 'redis://:hunter2@localhost:port'],
    ['a URL without a host', 'redis://ada:hunter2@:6379'],
    ['a URL whose password is not encoded', 'redis://:hunter2/x@localhost:6379'],
  ])('is refused when it is %s, and no part of it is repeated', (_what, address) => {
    const refusal = refusalOf(address);
    expect(refusal).toBeInstanceOf(RedisAddressError);
    expect(refusal).toMatchObject({ message: 'REDIS_URL must be of the form redis://HOST:PORT, rediss://HOST:PORT or unix:/PATH' });
    expect(inspect(refusal, { showHidden: true })).not.toContain('hunter2');
  });
});
