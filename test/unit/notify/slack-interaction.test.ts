// What a pressed button asks for, and what the person is answered.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localTimeIn } from '../../../src/config/local-time.ts';
import type { ActionTaken } from '../../../src/correlate/event.ts';
import type { EventResult } from '../../../src/correlate/person.ts';
import type { Labels } from '../../../src/model/labels.ts';
import type { Silence } from '../../../src/model/silence.ts';
import type { SilenceRequest } from '../../../src/model/silence-document.ts';
import { answerInteraction } from '../../../src/notify/slack/answer-interaction.ts';
import { slackButtons } from '../../../src/notify/slack/buttons.ts';
import { readInteraction } from '../../../src/notify/slack/interaction.ts';
import { snoozeEnd } from '../../../src/notify/slack/snooze-end.ts';
import { faultOfBlocks } from '../../stand-ins/slack-limits.ts';
import { gpuNodeDown, view } from './incident-view.ts';

/** What a test says of alerts and silences. */
interface Fires {
  readonly here?: readonly Labels[];
  readonly elsewhere?: readonly Labels[];
  readonly silences?: readonly Silence[];
  /** Which of the silences cannot be made, counted from 1. */
  readonly refused?: readonly number[];
}

const ID = '01KJK5Z8R0QWERTY0123456789';
const NOW = Date.parse('2026-03-01T03:20:00Z');

/** What Slack posts when the button with this `action_id` of a message about the incident is pressed. */
function pressed(actionId: string, given: { readonly option?: string; readonly responseUrl?: string } = {}): unknown {
  const element = slackButtons(gpuNodeDown().incident)
    .flatMap(({ elements }) => elements)
    .find(({ action_id }) => action_id === actionId);
  if (element === undefined) throw new Error(`there is no button ${actionId}`);
  const action =
    element.type === 'button'
      ? { type: 'button', action_id: actionId, value: element.value }
      : { type: 'static_select', action_id: actionId, selected_option: element.options.find(({ text }) => text.text === given.option) };
  return { type: 'block_actions', user: { id: 'U1', username: 'ada' }, actions: [action], response_url: given.responseUrl };
}

const labelsOf = (status: 'open' | 'acknowledged' | 'resolved') =>
  slackButtons({ ...gpuNodeDown().incident, status }).flatMap(({ elements }) =>
    elements.map((each) => (each.type === 'button' ? each.text : each.placeholder).text),
  );

describe('the buttons', () => {
  it('are those that still make sense', () => {
    expect(labelsOf('open')).toEqual(['Acknowledge', 'Resolve', 'Snooze', 'Silence', 'Why?', 'Cause is right', 'Cause is wrong']);
    expect(labelsOf('acknowledged')).toEqual(['Resolve', 'Snooze', 'Silence', 'Why?', 'Cause is right', 'Cause is wrong']);
    expect(labelsOf('resolved')).toEqual(['Why?', 'Cause is right', 'Cause is wrong']);
  });

  it('do not ask about a cause that is not there, or too long to name', () => {
    const cause = { rank: 1, score: 1, entity: `node/${'x'.repeat(2000)}`, fingerprint: null, changeId: null, evidence: [] };
    for (const rootCauses of [[], [cause]]) expect(slackButtons({ ...view().incident, rootCauses })[1]?.elements).toHaveLength(1);
  });
});

describe('a pressed button', () => {
  it.each([
    ['winnow-acknowledge', { kind: 'acknowledge', incidentId: ID }],
    ['winnow-resolve', { kind: 'resolve', incidentId: ID }],
    ['winnow-why', { kind: 'why', incidentId: ID }],
    ['winnow-cause-right', { kind: 'feedback', incidentId: ID, entity: 'node/gpu-7', correct: true }],
    ['winnow-cause-wrong', { kind: 'feedback', incidentId: ID, entity: 'node/gpu-7', correct: false }],
  ])('%s is read', (actionId, asked) => {
    expect(readInteraction(pressed(actionId))).toEqual({ asked, by: '@ada', responseUrl: null });
  });

  it.each([
    ['1 hour', '1h'],
    ['4 hours', '4h'],
    ['Until morning', 'morning'],
  ])('a snooze and a silence of %s are read', (option, length) => {
    for (const kind of ['snooze', 'silence']) expect(readInteraction(pressed(`winnow-${kind}`, { option }))?.asked).toEqual({ kind, incidentId: ID, length });
  });

  it('reads an entity as it was, whatever its characters', () => {
    const entity = 'job/<!channel> & "ü" 🔥';
    const { elements = [] } =
      slackButtons({ ...view().incident, rootCauses: [{ rank: 1, score: 1, entity, fingerprint: null, changeId: null, evidence: [] }] })[1] ?? {};
    const button = elements[1];
    expect(readInteraction({ type: 'block_actions', actions: [button] })?.asked).toMatchObject({ entity });
    expect(JSON.stringify(button)).not.toMatch(/[<>&]/);
  });

  it.each([
    null,
    'text',
    {},
    { type: 'view_submission' },
    { type: 'block_actions', actions: [] },
    { type: 'block_actions', actions: [{ action_id: 'winnow-acknowledge' }] },
    { type: 'block_actions', actions: [{ action_id: 'winnow-acknowledge', value: '../x' }] },
    { type: 'block_actions', actions: [{ action_id: 'other', value: ID }] },
    { type: 'block_actions', actions: [{ action_id: 'winnow-snooze', selected_option: { value: `${ID} toString` } }] },
    { type: 'block_actions', actions: [{ action_id: 'winnow-silence', selected_option: { value: `${ID} for ever` } }] },
    { type: 'block_actions', actions: [{ action_id: 'winnow-cause-right', value: ID }] },
  ])('%j is about nothing of ours', (payload) => {
    expect(readInteraction(payload)).toBe(null);
  });

  it('of somebody without a user name goes by what there is', () => {
    const action = { action_id: 'winnow-why', value: ID };
    expect(readInteraction({ type: 'block_actions', user: { id: 'U1' }, actions: [action] })?.by).toBe('@U1');
    expect(readInteraction({ type: 'block_actions', actions: [action] })?.by).toBe('somebody in Slack');
  });
});

describe('a snooze', () => {
  it('lasts hours', () => {
    expect(snoozeEnd('1h', NOW, localTimeIn('UTC'))).toBe(NOW + 3_600_000);
    expect(snoozeEnd('4h', NOW, localTimeIn('UTC'))).toBe(NOW + 4 * 3_600_000);
  });

  it.each([
    ['2026-03-01T03:20:31Z', 'UTC', '2026-03-01T09:00:00Z'],
    ['2026-03-01T09:00:00Z', 'UTC', '2026-03-02T09:00:00Z'],
    ['2026-03-01T22:00:00Z', 'Europe/Berlin', '2026-03-02T08:00:00Z'],
    // The nights in which the clocks go forward and back.
    ['2026-03-28T23:30:00Z', 'Europe/Berlin', '2026-03-29T07:00:00Z'],
    ['2026-10-24T22:30:00Z', 'Europe/Berlin', '2026-10-25T08:00:00Z'],
    ['2026-03-01T12:00:00Z', 'Asia/Kolkata', '2026-03-02T03:30:00Z'],
  ])('until morning from %s in %s lasts until %s', (from, zone, end) => {
    expect(new Date(snoozeEnd('morning', Date.parse(from), localTimeIn(zone))).toISOString()).toBe(end.replace('Z', '.000Z'));
  });
});

describe('acting', () => {
  let slack: Server;
  let answers: Record<string, unknown>[];
  let responseUrl: string;

  beforeEach(async () => {
    answers = [];
    slack = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        answers.push(JSON.parse(body));
        response.end('ok');
      });
    });
    await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
    responseUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/actions/T1/1/x`;
  });
  afterEach(() => new Promise((resolve) => slack.close(resolve)));

  /** Presses a button; answers the actions that the engine was given, and what was said to have failed. */
  async function press(
    actionId: string,
    { result = { ok: true, incidentId: ID }, option, fires = {} }: { result?: EventResult | Error; option?: string; fires?: Fires } = {},
  ) {
    const actions: ActionTaken[] = [];
    const silences: SilenceRequest[] = [];
    const failures: string[] = [];
    await answerInteraction(pressed(actionId, { responseUrl, ...(option === undefined ? {} : { option }) }), {
      async submit(action) {
        actions.push(action);
        if (result instanceof Error) throw result;
        return result;
      },
      explained: async (id) =>
        id === ID
          ? {
              incident: gpuNodeDown().incident,
              timeline: [
                {
                  at: NOW,
                  kind: 'held',
                  summary: 'A <b> is held back until 03:30',
                  evidence: [{ kind: 'x', summary: 'it clears', value: 0.91, threshold: 0.9, observations: 40 }],
                },
              ],
              members: [{ rule: 'Slow', entity: 'model/ranker', joinedBecause: [{ kind: 'topology', summary: 'depends on node/gpu-7', value: 0.8211 }] }],
              url: 'https://winnow.example/why',
            }
          : null,
      silencing: {
        firingIn: async (id) => (id === ID ? (fires.here ?? null) : null),
        firingElsewhere: async () => fires.elsewhere ?? [],
        active: async () => fires.silences ?? [],
        async set(request) {
          silences.push(request);
          if (fires.refused?.includes(silences.length) === true) throw new Error('Redis is away');
          return request.id ?? `S${silences.length}`;
        },
      },
      localTime: () => localTimeIn('UTC'),
      now: () => NOW,
      failed: (what) => failures.push(what),
    });
    return { actions, silences, failures };
  }

  const common = { kind: 'action', receivedAt: NOW, incidentId: ID, fingerprints: [], by: '@ada', comment: null };

  it.each(['acknowledge', 'resolve'])('%s goes to the engine under the name in Slack, and is shown by the message alone', async (action) => {
    expect(await press(`winnow-${action}`)).toEqual({ actions: [{ ...common, action }], silences: [], failures: [] });
    expect(answers).toEqual([]);
  });

  it('snoozing says until when', async () => {
    expect((await press('winnow-snooze', { option: 'Until morning' })).actions).toEqual([
      { ...common, action: 'snooze', until: Date.parse('2026-03-01T09:00:00Z') },
    ]);
    expect(answers).toMatchObject([{ response_type: 'ephemeral', replace_original: false, text: expect.stringMatching(/^Snoozed until <!date\^1772355600/) }]);
  });

  const node = (name: string) =>
    new Map([
      ['alertname', 'NodeDown'],
      ['node', name],
      ['cluster', 'a'],
    ]);
  const answered = () =>
    (answers[0] as unknown as { blocks: readonly { text?: { text: string }; elements?: { text: string }[] }[] }).blocks.map(
      (block) => block.text?.text ?? block.elements?.[0]?.text,
    );

  it('silencing says exactly what is silenced until when, and how to end it', async () => {
    const { actions, silences, failures } = await press('winnow-silence', { option: '1 hour', fires: { here: [node('<gpu>'), node('gpu-8')] } });
    expect([actions, failures]).toEqual([[], []]);
    const comment = `incident ${ID}, silenced in Slack`;
    const matcher = (name: string, value: string) => ({ name, value, isRegex: false, isEqual: true });
    expect(silences).toEqual(
      ['<gpu>', 'gpu-8'].map((name) => ({
        matchers: [matcher('alertname', 'NodeDown'), matcher('cluster', 'a'), matcher('node', name)],
        endsAt: '2026-03-01T04:20:00Z',
        createdBy: '@ada',
        comment,
      })),
    );
    expect(answers).toMatchObject([{ response_type: 'ephemeral', replace_original: false, text: expect.stringMatching(/^Silenced until <!date\^1772338800/) }]);
    expect(answered()).toEqual([
      'Silenced until <!date^1772338800^{date_short_pretty} {time}|2026-03-01T04:20:00Z>: nobody is told of what these match until then, critical alerts too.',
      '`{alertname="NodeDown",cluster="a",node="&lt;gpu&gt;"}` silence `S1`, 1 alert',
      '`{alertname="NodeDown",cluster="a",node="gpu-8"}` silence `S2`, 1 alert',
      'To end them before: `winnow silence expire S1 S2`, or `DELETE /api/v1/silences/ID`.',
    ]);
  });

  it('silencing again gives what was silenced before the new end', async () => {
    const matchers = ['alertname', 'cluster', 'node'].map((name) => ({ name, operator: '=' as const, value: node('gpu-7').get(name) ?? '' }));
    const made = { id: 'OLD', matchers, startsAt: NOW, endsAt: NOW + 1000, updatedAt: NOW, createdBy: '@bob', comment: `incident ${ID}, silenced in Slack` };
    const fires = { here: [node('gpu-7')], silences: [{ ...made, id: 'OTHER', comment: 'by hand' }, made] };
    expect((await press('winnow-silence', { option: '4 hours', fires })).silences).toMatchObject([
      { id: 'OLD', createdBy: '@ada', endsAt: '2026-03-01T07:20:00Z' },
    ]);
  });

  it('silencing says what was left out, and what failed', async () => {
    await press('winnow-silence', { option: '1 hour', fires: { here: [node('a'), node('b'), node('c')], elsewhere: [node('c')], refused: [2] } });
    expect(answered()).toEqual([
      expect.stringMatching(/^Silenced until/),
      '`{alertname="NodeDown",cluster="a",node="a"}` silence `S1`, 1 alert',
      '2 alerts of the incident are not silenced: there is no matcher for them that is narrow enough, or it failed.\nTo end it before: `winnow silence expire S1`, or `DELETE /api/v1/silences/ID`.',
    ]);
  });

  it.each([
    [{}, 'There is no such incident any more.'],
    [{ here: [] }, 'None of its alerts fires, so there is nothing to silence.'],
    [{ here: [node('a')], elsewhere: [node('a')] }, expect.stringMatching(/^Nothing was silenced: its alerts have too little in common/)],
    [{ here: [node('a')], refused: [1] }, 'That could not be done now; please try again.'],
  ])('silencing with %j says why nothing is silenced', async (fires, text) => {
    await press('winnow-silence', { option: '1 hour', fires });
    expect(answers).toMatchObject([{ text }]);
  });

  it('what is said of silences stays within the limits of Slack, and is markup in nothing', async () => {
    const hostile = Array.from(
      { length: 10 },
      (_, i) =>
        new Map([
          ['alertname', `<!channel>${i}`],
          ['x', '<`&"\u202e'.repeat(120)],
        ]),
    );
    await press('winnow-silence', { option: '1 hour', fires: { here: hostile } });
    const { blocks } = answers[0] as { blocks: unknown[] };
    expect(faultOfBlocks(blocks)).toBe(null);
    expect(JSON.stringify(blocks)).not.toMatch(/<!channel>|\u202e/);
  });

  it('feedback names the cause', async () => {
    expect((await press('winnow-cause-wrong')).actions).toEqual([{ ...common, action: 'feedback', entity: 'node/gpu-7', correct: false }]);
    expect(answers).toMatchObject([{ text: 'Noted: `node/gpu-7` is not the cause. Thank you.' }]);
  });

  it('says why something was not done', async () => {
    await press('winnow-acknowledge', { result: { ok: false, code: 'already-resolved', detail: 'the incident is resolved already' } });
    expect(answers).toMatchObject([{ response_type: 'ephemeral', text: 'That was not done: the incident is resolved already.' }]);
  });

  it('says that something could not be done, here and in the log', async () => {
    const { failures } = await press('winnow-resolve', { result: new Error('Redis is away') });
    expect(failures).toEqual(['resolve from Slack: Redis is away']);
    expect(answers).toMatchObject([{ text: 'That could not be done now; please try again.' }]);
  });

  it('explains with the evidence of every decision, and lets nothing of it be markup', async () => {
    expect((await press('winnow-why')).actions).toEqual([]);
    const { blocks } = answers[0] as unknown as { blocks: readonly { text?: { text: string }; elements?: { text: string }[] }[] };
    const text = blocks.map((block) => block.text?.text ?? block.elements?.[0]?.text);
    expect(text).toEqual([
      '*Why?* GPUNodeNotReady on node/gpu-7',
      [
        '*Why this cause*',
        '1. `node/gpu-7`  score 0.71',
        '      • first to fire, 40 s before the next (value 40)',
        '      • 4 of the 5 other entities depend on it, by way of model/ranker (value 4)',
        '2. `model/ranker`  score 0.18',
        '      • model-promotion "ranker v41" 25 min before the first alert',
      ].join('\n'),
      '*Why these alerts are together*\nSlow on `model/ranker`: depends on node/gpu-7 (value 0.821)',
      '*What was held back*\n<!date^1772335200^{date_short_pretty} {time}|2026-03-01T03:20:00Z> A &lt;b&gt; is held back until 03:30: it clears (value 0.91, threshold 0.9, over 40 observations)',
      '<https://winnow.example/why|Every decision>',
    ]);
  });

  it('tells the log when Slack does not take the answer', async () => {
    await new Promise((resolve) => slack.close(resolve));
    expect((await press('winnow-why')).failures).toEqual(['an answer to a button was not taken by Slack']);
    slack.listen(0);
  });
});
