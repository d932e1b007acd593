import { describe, expect, it } from 'vitest';
import { outcomeOfStatus, readRetryAfter } from '../../../src/notify/http-post.ts';
import { networkFailure } from '../../../src/notify/network-failure.ts';

describe('Retry-After', () => {
  it('counts seconds', () => {
    expect(readRetryAfter('30', null)).toBe(30_000);
  });

  it("may be a date, held against the answer's own", () => {
    expect(readRetryAfter('Sun, 01 Mar 2026 03:13:00 GMT', 'Sun, 01 Mar 2026 03:12:00 GMT')).toBe(60_000);
    expect(readRetryAfter('Sun, 01 Mar 2026 03:11:00 GMT', 'Sun, 01 Mar 2026 03:12:00 GMT')).toBe(0);
  });

  it.each([[null], ['soon'], ['-1'], ['Sun, 01 Mar 2026 03:13:00 GMT']])('is not known from %s alone', (value) => {
    expect(readRetryAfter(value, null)).toBeNull();
  });
});

describe('a status', () => {
  it.each([
    [429, 'retry', false],
    [408, 'retry', false],
    [500, 'retry', true],
    [503, 'retry', true],
    [200, 'retry', true],
  ])('%i is worth another attempt', (status, kind, uncertain) => {
    expect(outcomeOfStatus(status, null, '')).toMatchObject({ kind, uncertain });
  });

  it.each([301, 400, 401, 403, 404, 410])('%i is not', (status) => {
    expect(outcomeOfStatus(status, null, 'why')).toEqual({ kind: 'refused', error: `answered ${status}: why` });
  });
});

describe('a request that fails', () => {
  const caused = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error('to https://hooks.example/secret'), { code }) });

  it('before it was sent is certain not to have arrived', () => {
    expect(networkFailure(caused('ECONNREFUSED'))).toEqual({ kind: 'retry', after: null, error: 'could not connect (ECONNREFUSED)', uncertain: false });
    expect(networkFailure(caused('CERT_HAS_EXPIRED'))).toMatchObject({ uncertain: false });
  });

  it('later may have arrived, and no message of the system is repeated', () => {
    expect(networkFailure(caused('ECONNRESET'))).toEqual({
      kind: 'retry',
      after: null,
      error: 'the connection broke before an answer came (ECONNRESET)',
      uncertain: true,
    });
    expect(networkFailure(new DOMException('late', 'TimeoutError'))).toEqual({ kind: 'retry', after: null, error: 'no answer in time', uncertain: true });
    expect(networkFailure('nonsense')).toMatchObject({ kind: 'retry', uncertain: true });
  });
});
