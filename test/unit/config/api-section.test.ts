import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/parse-config.ts';

function read(api: string) {
  const text = `route: {receiver: a}\nreceivers: [{name: a}]\napi: ${api}\n`;
  return parseConfig({ text, file: 'w.yaml', env: { TOKEN: 'a-token-of-sixteen' }, readFile: () => 'another-token-of-a-file\n' });
}

const faultsOf = (api: string) => {
  const result = read(api);
  return 'faults' in result ? result.faults.map(({ message }) => message) : [];
};

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the section api', () => {
  it('keeps tokens as their hashes only', () => {
    const result = read("{tokens: [{name: ci, role: viewer, token: '${TOKEN}'}, {name: ops, role: admin, token_file: ops.token}], allow_anonymous: true}");
    if ('faults' in result) throw new Error(result.faults[0]?.message);
    expect(result.config.api).toEqual({
      tokens: [
        { name: 'ci', role: 'viewer', hash: hash('a-token-of-sixteen') },
        { name: 'ops', role: 'admin', hash: hash('another-token-of-a-file') },
      ],
      allowAnonymous: true,
      requestsPerMinute: 6000,
    });
    expect(result.config.document).toMatchObject({ api: { tokens: [{ name: 'ci', role: 'viewer', token: '<secret>' }, {}] } });
    expect(JSON.stringify(result.config)).not.toContain('a-token-of-sixteen');
  });

  it.each([
    ['{tokens: [{role: viewer, token: "0123456789abcdef"}]}', 'api.tokens[0]: has no name; one is needed'],
    ['{tokens: [{name: ci, token: "0123456789abcdef"}]}', 'api.tokens[0]: has no role; one of viewer, responder, admin is needed'],
    ['{tokens: [{name: ci, role: viewer}]}', 'api.tokens[0]: has no token; token or token_file is needed'],
    ['{tokens: [{name: ci, role: root, token: "0123456789abcdef"}]}', 'api.tokens[0].role: "root" is not allowed; one of viewer, responder, admin is'],
    [
      '{tokens: [{name: ci, role: viewer, token: hush}]}',
      'api.tokens[0].token: is no good token; at least 16 printable ASCII characters without spaces are allowed',
    ],
    [
      '{tokens: [{name: ci, role: viewer, token: "0123456789abcdef"}, {name: ci, role: admin, token: "0123456789abcdee"}]}',
      'api.tokens[1]: the name "ci" is that of an earlier token as well; each needs its own',
    ],
    [
      '{tokens: [{name: ci, role: viewer, token: "0123456789abcdef"}, {name: cd, role: admin, token: "0123456789abcdef"}]}',
      'api.tokens[1]: the token is an earlier one as well; each needs its own',
    ],
    ['{requests_per_minute: 0}', 'api.requests_per_minute: "0" is not allowed; a whole number from 1 to 1000000 is'],
  ])('%s is refused', (api, message) => {
    expect(faultsOf(api)).toEqual([message]);
  });
});
