import { describe, expect, it } from 'vitest';
import type { Told } from '../../../src/model/delivery.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { nextKey, pagerDutyCalls, readKey } from '../../../src/notify/pagerduty/calls.ts';
import { time, view } from './incident-view.ts';

const ID = '01KJK5Z8R0QWERTY0123456789';
const NOON = time('2026-03-01T12:00:00Z').ms;
const told = (given: Partial<Told> = {}): Told => ({ sentVersion: 3, sentStatus: 'open', sentAt: NOON, ...given });

/** What is sent about an incident of version 4 that was told as open at version 3, under its own key. */
const calls = (given: Partial<Incident> = {}, before: Told | undefined = told(), dedupKey: string | undefined = ID) =>
  pagerDutyCalls({ incident: view({ version: 4, urgentVersion: 1, ...given }).incident, dedupKey, told: before }).map(
    (call) => `${call.action} ${call.dedupKey.replace(ID, 'ID')}`,
  );
const acknowledged = { status: 'acknowledged', acknowledgedAt: NOON + 1 } as const;

describe('PagerDuty is told', () => {
  it('of a new incident under its id', () => {
    expect(pagerDutyCalls({ incident: view().incident, dedupKey: undefined, told: undefined })).toEqual([{ action: 'trigger', dedupKey: ID }]);
  });

  it('of news under the same key, where it is only logged', () => {
    expect(calls()).toEqual(['trigger ID']);
  });

  it('of what calls at once under a new key, and then that the one before is over', () => {
    expect(calls({ urgentVersion: 4 })).toEqual(['trigger ID/2', 'resolve ID']);
    expect(calls({ urgentVersion: 4 }, told(), `${ID}/2`)).toEqual(['trigger ID/3', 'resolve ID/2']);
  });

  it('of what calls at once also while somebody has the incident in hand', () => {
    expect(calls({ ...acknowledged, urgentVersion: 4 })).toEqual(['trigger ID/2', 'resolve ID']);
  });

  it('of an incident that goes on after its end under a new key', () => {
    expect(calls({ urgentVersion: 4 }, told({ sentStatus: 'resolved' }))).toEqual(['trigger ID/2']);
  });

  it('that somebody has it in hand', () => {
    expect(calls(acknowledged)).toEqual(['acknowledge ID']);
  });

  it('that somebody has it in hand again, when people were called since', () => {
    expect(calls(acknowledged, told({ sentStatus: 'acknowledged' }))).toEqual(['acknowledge ID']);
    expect(calls({ ...acknowledged, acknowledgedAt: NOON - 1 }, told({ sentStatus: 'acknowledged' }))).toEqual(['trigger ID']);
  });

  it('under a new key that nobody has it in hand any more', () => {
    expect(calls({}, told({ sentStatus: 'acknowledged' }))).toEqual(['trigger ID/2', 'resolve ID']);
  });

  it('of an incident that was acknowledged before anybody was called there: it calls', () => {
    expect(calls(acknowledged, told({ sentStatus: null, sentVersion: 0 }))).toEqual(['trigger ID']);
  });

  it('of the end under the key that is in use', () => {
    expect(calls({ status: 'resolved' }, told(), `${ID}/2`)).toEqual(['resolve ID/2']);
    expect(calls({ status: 'resolved', urgentVersion: 4 })).toEqual(['resolve ID']);
  });

  it('of an incident that took another one over under that one’s key, until it calls again', () => {
    expect(calls({}, told({ sentVersion: 2 }), 'OTHER')).toEqual(['trigger OTHER']);
    expect(calls({ urgentVersion: 4 }, told(), 'OTHER')).toEqual(['trigger ID', 'resolve OTHER']);
  });
});

it('a key names its incident, and how many there were', () => {
  expect(readKey(ID)).toEqual({ id: ID, page: 1 });
  expect(readKey(`${ID}/12`)).toEqual({ id: ID, page: 12 });
  expect(readKey('srv01/HTTP')).toEqual({ id: 'srv01/HTTP', page: 1 });
  expect(nextKey(ID, `${ID}/12`)).toBe(`${ID}/13`);
});
