import { describe, expect, it } from 'vitest';
import type { WebhookAuthentication } from '../../../src/config/config.ts';
import { Secret } from '../../../src/model/secret.ts';
import { challengeOf, judgeHeaders, verifySignature } from '../../../src/receivers/authentication.ts';

const OPEN: WebhookAuthentication = { basic: null, authorization: null, hmac: null };
const BASIC: WebhookAuthentication = { ...OPEN, basic: { username: 'alertmanager', password: new Secret('pass:wörd') } };
const BEARER: WebhookAuthentication = { ...OPEN, authorization: { scheme: 'Bearer', credentials: new Secret('t0ken') } };
const HMAC = { secret: new Secret('grafana-secret'), header: 'x-grafana-alerting-signature', timestampHeader: null };
const STAMPED = { ...HMAC, timestampHeader: 'x-grafana-alerting-timestamp' };

const basicOf = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const judge = (authentication: WebhookAuthentication, authorization?: string) =>
  judgeHeaders(authentication, authorization === undefined ? {} : { authorization });

describe('who is let in by headers', () => {
  it('is everybody when nothing is configured', () => {
    expect(judge(OPEN)).toBe('authentic');
    expect(judge(OPEN, 'Bearer whatever')).toBe('authentic');
  });

  it('is who has the user name and the password', () => {
    expect(judge(BASIC, basicOf('alertmanager:pass:wörd'))).toBe('authentic');
    expect(judge(BASIC, basicOf('alertmanager:pass:wörd').replace('Basic', 'bASIC'))).toBe('authentic');
    for (const wrong of ['alertmanager:pass', 'alertmanager:pass:wörd ', 'x:pass:wörd', 'alertmanager', ':', ''])
      expect(judge(BASIC, basicOf(wrong))).toBe('refused');
    for (const wrong of [undefined, '', 'Basic', 'Basic %%%', 'Bearer pass:wörd']) expect(judge(BASIC, wrong)).toBe('refused');
  });

  it('is who has the scheme, in any case, and the credentials', () => {
    for (const right of ['Bearer t0ken', 'bearer t0ken', 'BEARER  t0ken']) expect(judge(BEARER, right)).toBe('authentic');
    for (const wrong of [undefined, 'Bearer', 'Bearer ', 'Bearer T0KEN', 'Bearer t0ke', 'Bearer t0kenx', 'Token t0ken', 't0ken'])
      expect(judge(BEARER, wrong)).toBe('refused');
    const own: WebhookAuthentication = { ...OPEN, authorization: { scheme: 'GenieKey', credentials: new Secret('a b') } };
    expect(judge(own, 'GenieKey a b')).toBe('authentic');
    expect(judge(own, 'Bearer a b')).toBe('refused');
  });

  it('is who satisfies one of several ways', () => {
    const both: WebhookAuthentication = { ...BASIC, authorization: BEARER.authorization };
    expect(judge(both, basicOf('alertmanager:pass:wörd'))).toBe('authentic');
    expect(judge(both, 'Bearer t0ken')).toBe('authentic');
    expect(judge(both, 'Bearer wrong')).toBe('refused');
  });

  it('is to be seen from the signature when there is one', () => {
    const signed: WebhookAuthentication = { ...BEARER, hmac: HMAC };
    expect(judgeHeaders(signed, { 'x-grafana-alerting-signature': 'ab' })).toBe('signed');
    expect(judgeHeaders(signed, { 'x-grafana-alerting-signature': 'ab', authorization: 'Bearer wrong' })).toBe('signed');
    expect(judgeHeaders(signed, { authorization: 'Bearer t0ken' })).toBe('authentic');
    expect(judgeHeaders(signed, {})).toBe('refused');
    expect(judgeHeaders(BEARER, { 'x-grafana-alerting-signature': 'ab' })).toBe('refused');
  });
});

describe('a signature', () => {
  const BODY = Buffer.from('{"alerts":[]}');
  const NOON = Date.parse('2026-03-01T12:00:00Z');
  // printf '{"alerts":[]}' | openssl dgst -sha256 -hmac grafana-secret, and the same of '1772366400:{"alerts":[]}'
  const OF_BODY = '74fcaf9cb837272d4cbd7d1d26d72f05b0ea8c3c4fc73cf8a426cdc0bd72695d';
  const OF_STAMPED_BODY = '7a8af8711f36fd10e12d3f22c2baef355a36c166ffbb8fe054932239eb5d6e37';

  const plain = (signature: string | undefined, body = BODY) => verifySignature(HMAC, { 'x-grafana-alerting-signature': signature }, body, NOON);
  const stamped = (signature: string, timestamp: string | undefined, now = NOON) =>
    verifySignature(STAMPED, { 'x-grafana-alerting-signature': signature, 'x-grafana-alerting-timestamp': timestamp }, BODY, now);

  it('is the hex HMAC-SHA256 of the body', () => {
    const known = { ...HMAC, secret: new Secret('key') };
    const signature = 'f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8';
    expect(verifySignature(known, { 'x-grafana-alerting-signature': signature }, Buffer.from('The quick brown fox jumps over the lazy dog'), NOON)).toBe(true);
    expect(plain(OF_BODY)).toBe(true);
    expect(plain(OF_BODY.toUpperCase())).toBe(true);
  });

  it('is of every byte of the body', () => {
    expect(plain(OF_BODY, Buffer.from('{"alerts":[] }'))).toBe(false);
    expect(plain(OF_BODY, Buffer.alloc(0))).toBe(false);
  });

  it('is wrong when it is another one, cut, or none', () => {
    for (const wrong of [undefined, '', 'zz', OF_BODY.slice(2), `${OF_BODY}00`, `${OF_BODY}zz`, OF_STAMPED_BODY, `sha256=${OF_BODY}`])
      expect(plain(wrong)).toBe(false);
  });

  it('is of time stamp and body when a header for the time stamp is configured', () => {
    expect(stamped(OF_STAMPED_BODY, '1772366400')).toBe(true);
    expect(stamped(OF_BODY, '1772366400')).toBe(false);
    expect(stamped(OF_STAMPED_BODY, '1772366401')).toBe(false);
    expect(stamped(OF_STAMPED_BODY, undefined)).toBe(false);
    expect(stamped(OF_STAMPED_BODY, '1772366400.0')).toBe(false);
  });

  it('holds for 300 s before and after its time stamp', () => {
    for (const seconds of [-300, 300]) expect(stamped(OF_STAMPED_BODY, '1772366400', NOON + seconds * 1000)).toBe(true);
    for (const seconds of [-301, 301]) expect(stamped(OF_STAMPED_BODY, '1772366400', NOON + seconds * 1000)).toBe(false);
  });
});

describe('the challenge of a 401', () => {
  it('names each way that is configured', () => {
    expect(challengeOf(BASIC)).toBe('Basic realm="winnow"');
    expect(challengeOf(BEARER)).toBe('Bearer realm="winnow"');
    expect(challengeOf({ ...BASIC, authorization: BEARER.authorization, hmac: HMAC })).toBe(
      'Basic realm="winnow", Bearer realm="winnow", HMAC-SHA256 realm="winnow"',
    );
  });
});
