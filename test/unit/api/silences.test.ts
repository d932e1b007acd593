import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/api/commands.ts';
import type { Silence } from '../../../src/model/silence.ts';
import { apiServer } from './api-server.ts';
import { records } from './memory-read-model.ts';
import { alert, at, document } from './records.ts';

const api = apiServer();

const MATCHER = { name: 'node', value: 'gpu-7', isRegex: false, isEqual: true };
const REQUEST = { matchers: [MATCHER], endsAt: '2026-03-01T14:00:00Z', createdBy: 'ada', comment: 'replacing the disk' };

/** A silence from 11:00 to 14:00, but for what is said otherwise. The clock of the API stands at 12:00. */
function kept(given: Partial<Silence> = {}): Silence {
  return {
    id: 's1',
    matchers: [{ name: 'node', operator: '=', value: 'gpu-7' }],
    startsAt: at('11:00'),
    endsAt: at('14:00'),
    updatedAt: at('11:00'),
    createdBy: 'ada',
    comment: 'replacing the disk',
    ...given,
  };
}

/** An API over silences that takes in what is submitted as the engine would. */
function silencing(...silences: readonly Silence[]) {
  const around = records({ silences: [...silences] });
  const submitted: Command[] = [];
  const submit = async (command: Command) => {
    submitted.push(command);
    if (command.kind === 'silence') around.silences = [...around.silences.filter(({ id }) => id !== command.silence.id), command.silence];
    if (command.kind === 'silence-end') around.silences = around.silences.map((each) => (each.id === command.id ? { ...each, endsAt: at('12:00') } : each));
    return { ok: true as const, incidentId: null };
  };
  return { server: api({ records: around, submit }), submitted };
}

describe('a silence that is posted', () => {
  it('is made from now on, with the fields that Alertmanager has', async () => {
    const { server, submitted } = silencing();
    const answer = await server.inject({ method: 'POST', url: '/api/v1/silences', payload: REQUEST });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({
      ...REQUEST,
      id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      status: { state: 'active' },
      startsAt: '2026-03-01T12:00:00Z',
      updatedAt: '2026-03-01T12:00:00Z',
    });
    expect(submitted).toMatchObject([{ kind: 'silence', receivedAt: at('12:00'), matched: [], silence: { matchers: kept().matchers } }]);
  });

  it('may have matchers as texts, and a start to come', async () => {
    const payload = {
      ...REQUEST,
      startsAt: '2026-03-01T13:00:00Z',
      matchers: ['service=~"ranker|search"', { name: 'team', value: 'ml', isRegex: false, isEqual: false }],
    };
    const answer = await silencing().server.inject({ method: 'POST', url: '/api/v1/silences', payload });
    expect(answer.json()).toMatchObject({
      status: { state: 'pending' },
      startsAt: '2026-03-01T13:00:00Z',
      matchers: [
        { name: 'service', value: 'ranker|search', isRegex: true, isEqual: true },
        { name: 'team', value: 'ml', isRegex: false, isEqual: false },
      ],
    });
  });

  it('with the id of one that is in force changes that, which keeps its start', async () => {
    const { server } = silencing(kept());
    const answer = await server.inject({ method: 'POST', url: '/api/v1/silences', payload: { ...REQUEST, id: 's1', endsAt: '2026-03-01T18:00:00Z' } });
    expect(answer.json()).toMatchObject({ id: 's1', startsAt: '2026-03-01T11:00:00Z', endsAt: '2026-03-01T18:00:00Z' });
  });

  it('with the id of one that is over is a new one, with one that is not there is not found', async () => {
    const { server } = silencing(kept({ endsAt: at('11:30') }));
    const again = await server.inject({ method: 'POST', url: '/api/v1/silences', payload: { ...REQUEST, id: 's1' } });
    expect(again.json().id).not.toBe('s1');
    const none = await server.inject({ method: 'POST', url: '/api/v1/silences', payload: { ...REQUEST, id: 's9' } });
    expect(none.json()).toMatchObject({ status: 404, code: 'not-found' });
  });

  it.each([
    [{ ...REQUEST, createdBy: ' ' }, '/createdBy'],
    [{ ...REQUEST, comment: '' }, '/comment'],
    [{ matchers: REQUEST.matchers, endsAt: REQUEST.endsAt, createdBy: 'ada' }, '/comment'],
    [{ ...REQUEST, endsAt: '2026-03-01T12:00:00Z' }, '/endsAt'],
    [{ ...REQUEST, startsAt: '2026-03-01T15:00:00Z' }, '/endsAt'],
    [{ ...REQUEST, matchers: [] }, '/matchers'],
    [{ ...REQUEST, matchers: ['node=~".*"'] }, '/matchers'],
    [{ ...REQUEST, matchers: [MATCHER, { ...MATCHER, isRegex: true, value: '[' }] }, '/matchers/1'],
    [{ ...REQUEST, matchers: ['node'] }, '/matchers/0'],
  ])('as %j is refused', async (payload, pointer) => {
    const answer = await silencing().server.inject({ method: 'POST', url: '/api/v1/silences', payload });
    expect(answer.json()).toMatchObject({ status: 400, code: 'invalid-request', pointer });
  });
});

describe('what a silence matches', () => {
  const around = {
    records: records({
      silences: [kept()],
      alerts: [alert({ fingerprint: 'a' }), alert({ fingerprint: 'b' }), alert({ fingerprint: 'c', status: 'resolved' })],
      documents: [document('a', { node: 'gpu-7' }), document('b', { node: 'gpu-8' }), document('c', { node: 'gpu-7' })],
    }),
  };

  it('can be seen before it is made: the alerts that fire', async () => {
    const answer = await api(around).inject({ method: 'POST', url: '/api/v1/silences/preview', payload: { matchers: ['node=~"gpu-.*"'] } });
    expect(answer.json()).toEqual({ count: 2, fingerprints: ['a', 'b'] });
  });

  it('is in its own answer', async () => {
    expect((await api(around).inject('/api/v1/silences/s1')).json()).toMatchObject({ id: 's1', matching: { count: 1, fingerprints: ['a'] } });
  });
});

describe('the list of silences', () => {
  it('has those in force by their end, then those to come, then those that are over', async () => {
    const { server } = silencing(
      kept({ id: 'over', endsAt: at('11:30') }),
      kept({ id: 'later', startsAt: at('13:00') }),
      kept({ id: 'long', endsAt: at('20:00') }),
      kept({ id: 'short' }),
    );
    const ids = async (query = '') => (await server.inject(`/api/v1/silences${query}`)).json().items.map(({ id }: { id: string }) => id);
    expect(await ids()).toEqual(['short', 'long', 'later', 'over']);
    expect(await ids('?state=active&state=pending')).toEqual(['short', 'long', 'later']);
    const first = (await server.inject('/api/v1/silences?limit=3')).json();
    expect(await ids(`?limit=3&cursor=${encodeURIComponent(first.nextCursor)}`)).toEqual(['over']);
  });
});

describe('a silence that is deleted', () => {
  it('ends now, by whom is said', async () => {
    const { server, submitted } = silencing(kept());
    const answer = await server.inject({ method: 'DELETE', url: '/api/v1/silences/s1?by=bob' });
    expect(answer.json()).toMatchObject({ id: 's1', status: { state: 'expired' }, endsAt: '2026-03-01T12:00:00Z' });
    expect(submitted).toEqual([{ kind: 'silence-end', receivedAt: at('12:00'), id: 's1', by: 'bob' }]);
  });

  it('and is not there is not found', async () => {
    expect((await silencing().server.inject({ method: 'DELETE', url: '/api/v1/silences/s1' })).json()).toMatchObject({ status: 404, code: 'not-found' });
  });
});
