import { describe, expect, it } from 'vitest';
import { addSilence, expireSilences, listSilences, type SilenceCommand, type SilenceToAdd } from '../../../src/cli/silence/silence-command.ts';
import { apiServer } from '../api/api-server.ts';
import { records } from '../api/memory-read-model.ts';
import { alert, at, document } from '../api/records.ts';

const api = apiServer();

/** A service on a port of its own whose silences are those that are posted, and a command that asks it. */
async function service() {
  const kept = records({ alerts: [alert({ fingerprint: 'a' })], documents: [document('a', { node: 'gpu-7' })] });
  const server = api({
    records: kept,
    submit: async (command) => {
      if (command.kind === 'silence') kept.silences = [...kept.silences, command.silence];
      if (command.kind === 'silence-end') kept.silences = kept.silences.map((each) => (each.id === command.id ? { ...each, endsAt: at('12:00') } : each));
      return { ok: true, incidentId: null };
    },
  });
  const url = server.server.listening ? server.listeningOrigin : await server.listen({ port: 0, host: '127.0.0.1' });
  const out: string[] = [];
  const err: string[] = [];
  const command: SilenceCommand = { service: { url, token: null }, now: at('12:00'), out: (line) => out.push(line), err: (line) => err.push(line) };
  return { kept, command, out, err };
}

const ADDED: SilenceToAdd = { matchers: ['node="gpu-7"'], by: 'ada', comment: 'replacing the disk', duration: '2h', start: null };

describe('silence', () => {
  it('add makes one, prints its id, and says what it matches', async () => {
    const { kept, command, out, err } = await service();
    expect(await addSilence(command, ADDED)).toBe(0);
    expect(out).toEqual([kept.silences[0]?.id]);
    expect(err).toEqual(['it matches 1 alert that fires']);
    expect(kept.silences[0]).toMatchObject({ startsAt: at('12:00'), endsAt: at('14:00'), createdBy: 'ada', comment: 'replacing the disk' });
  });

  it('list shows those in force and to come, and the others when asked', async () => {
    const { command, out } = await service();
    await addSilence(command, ADDED);
    await addSilence(command, { ...ADDED, start: '2026-03-01T13:00:00Z', matchers: ['node="gpu-8"', 'team!~"a|b"'] });
    const [first = '', second = ''] = out.splice(0);
    expect(await listSilences(command, false)).toBe(0);
    expect(out.splice(0)).toEqual([
      `${first}  active   until 2026-03-01T14:00:00Z  {node="gpu-7"}  ada: replacing the disk`,
      `${second}  pending  from 2026-03-01T13:00:00Z to 2026-03-01T15:00:00Z  {node="gpu-8",team!~"a|b"}  ada: replacing the disk`,
    ]);
    expect(await expireSilences(command, [first], 'bob')).toBe(0);
    await listSilences(command, false);
    expect(out.splice(0)).toHaveLength(1);
    await listSilences(command, true);
    expect(out.splice(0)).toHaveLength(2);
  });

  it.each([
    [{ ...ADDED, duration: 'soon' }, 2, '--duration takes a length such as 30m, 2h or 1d12h'],
    [{ ...ADDED, start: 'soon' }, 2, '--start takes a time such as 2026-03-01T10:00:00Z'],
    [{ ...ADDED, matchers: ['node=~".*"'] }, 1, "answers 400: the body's matchers fit alerts without any of these labels"],
  ])('add of %j ends with %i and says why', async (given, code, why) => {
    const { command, err } = await service();
    expect(await addSilence(command, given)).toBe(code);
    expect(err[0]).toContain(why);
  });

  it('expire of one that is not there, or of a service that is not, ends with 1', async () => {
    const { command, err } = await service();
    expect(await expireSilences(command, ['s9'], 'bob')).toBe(1);
    expect(await expireSilences({ ...command, service: { url: 'http://127.0.0.1:1', token: null } }, ['s9'], 'bob')).toBe(1);
    expect(err).toEqual([expect.stringContaining('answers 404: there is no silence "s9"'), expect.stringContaining('http://127.0.0.1:1 cannot be reached: ')]);
  });
});
