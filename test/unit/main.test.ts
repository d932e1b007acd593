import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src/main.ts';

describe('the address to listen on', () => {
  it.each([
    ['127.0.0.1:9095', '127.0.0.1', 9095],
    ['localhost:80', 'localhost', 80],
    ['winnow.example.com:65535', 'winnow.example.com', 65535],
    ['127.0.0.1:0', '127.0.0.1', 0],
    ['[::1]:9095', '::1', 9095],
    ['[::ffff:127.0.0.1]:9095', '::ffff:127.0.0.1', 9095],
  ])('is host and port: %s', (text, host, port) => {
    expect(parseAddress(text)).toEqual({ host, port });
  });

  it('is every address when it names no host', () => {
    expect(parseAddress(':9095')).toEqual({ host: '0.0.0.0', port: 9095 });
  });

  it.each([
    ['no port', '127.0.0.1'],
    ['an empty port', '127.0.0.1:'],
    ['a port beyond 65535', '127.0.0.1:65536'],
    ['a port of six digits', '127.0.0.1:123456'],
    ['a negative port', '127.0.0.1:-1'],
    ['a port by name', '127.0.0.1:http'],
    ['an IPv6 address without brackets', '::1:9095'],
    ['brackets around nothing', '[]:9095'],
    ['brackets around a name', '[localhost]:9095'],
    ['a URL', 'http://127.0.0.1:9095'],
    ['a space', '127.0.0.1 :9095'],
    ['nothing', ''],
  ])('is none with %s', (_what, text) => {
    expect(parseAddress(text)).toBeNull();
  });
});
