import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/model/secret.ts';

describe('a secret', () => {
  const secret = new Secret('xoxb-hunter2');

  it('is revealed to who asks for it', () => {
    expect(secret.reveal()).toBe('xoxb-hunter2');
  });

  it.each([
    ['text', String(secret)],
    ['part of a text', `${secret}`],
    ['joined', [secret].join()],
    ['JSON', JSON.parse(JSON.stringify(secret)) as unknown],
    ['part of JSON', (JSON.parse(JSON.stringify({ token: secret })) as { token: unknown }).token],
    ['inspected', inspect(secret)],
    ['inspected with all that is hidden', inspect(secret, { showHidden: true, depth: 10 })],
  ])('is <secret> as %s', (_how, shown) => {
    expect(shown).toBe('<secret>');
  });

  it('does not show inside of what is inspected', () => {
    expect(inspect({ targets: new Map([['slack', { token: secret }]]) }, { depth: 10 })).toContain('token: <secret>');
  });

  it('has no member that could be copied', () => {
    expect({ ...secret }).toEqual({});
    expect(Object.getOwnPropertyNames(secret)).toEqual([]);
  });
});
