import { describe, expect, it } from 'vitest';
import { serviceAddress } from '../../../src/cli/service-client.ts';

const NOTHING = { url: null, token: null };

describe('the service that a command asks', () => {
  it.each([
    ['what is said', { url: 'https://winnow.example/', token: 'said' }, { WINNOW_URL: 'http://a:1', WINNOW_TOKEN: 'b' }, 'https://winnow.example', 'said'],
    ['the environment', NOTHING, { WINNOW_URL: 'http://a:1/', WINNOW_TOKEN: 'b', WINNOW_LISTEN: '127.0.0.1:2' }, 'http://a:1', 'b'],
    ['where one of this machine listens', NOTHING, { WINNOW_URL: '', WINNOW_LISTEN: '127.0.0.1:2' }, 'http://127.0.0.1:2', null],
    ['this machine for one that listens everywhere', NOTHING, { WINNOW_LISTEN: '0.0.0.0:2' }, 'http://127.0.0.1:2', null],
    ['the default', NOTHING, { WINNOW_TOKEN: '' }, 'http://127.0.0.1:9095', null],
  ])('is %s', (_what, said, env, url, token) => {
    expect(serviceAddress(said, env)).toEqual({ url, token });
  });

  it.each(['winnow.example', 'ftp://winnow.example', 'http://'])('is not %s', (url) => {
    expect(serviceAddress({ url, token: null }, {})).toBeNull();
  });
});
