import { describe, expect, it } from 'vitest';
import { grown, stormDue, stormReported } from '../../../src/correlate/hold/storm-message.ts';
import type { Bulletin, BulletinInFlight } from '../../../src/model/bulletin.ts';
import type { StormRecord } from '../../../src/model/learned.ts';
import { CHANNEL, entry, storm, stormRecord, TERMINAL } from './bulletins.ts';
import { at } from './scenario.ts';

const OTHER = entry({ fingerprint: 'b', reason: 'storm' });
const GOES_ON = stormRecord('10:09');
const inFlight = (given: Partial<BulletinInFlight> = {}): BulletinInFlight => ({
  seq: 4,
  at: at('10:10'),
  entries: storm().entries,
  more: 0,
  over: false,
  reference: storm().reference,
  ...given,
});

describe('a storm that grows', () => {
  const first = (destination = CHANNEL): Bulletin => storm({ destination, entries: [], reference: {}, sentAt: null, seq: 0 });

  it('is told a minute after it began, with what came until then', () => {
    const begun = grown(first(), OTHER, at('10:00'));
    expect(begun).toMatchObject({ due: at('10:01'), unsaid: true });
    expect(grown(begun, entry({ fingerprint: 'c' }), at('10:00:50'))).toMatchObject({
      due: at('10:01'),
      entries: [{ fingerprint: 'b' }, { fingerprint: 'c' }],
    });
  });

  it('is changed a minute later at the soonest, before the storm is looked at again', () => {
    expect(grown(storm({ due: at('10:15') }), OTHER, at('10:06')).due).toBe(at('10:07'));
    expect(grown(storm({ due: at('10:06:30') }), OTHER, at('10:06')).due).toBe(at('10:06:30'));
  });

  it('is told anew after fifteen minutes where messages cannot be changed', () => {
    expect(grown(first(TERMINAL), OTHER, at('10:00')).due).toBe(at('10:01'));
    expect(grown(storm({ destination: TERMINAL }), OTHER, at('10:06')).due).toBe(at('10:20'));
    expect(grown(storm({ destination: TERMINAL, inFlight: inFlight() }), OTHER, at('10:11')).due).toBe(at('10:25'));
  });

  it('does not wait there for a message of an earlier storm', () => {
    const before = storm({ destination: TERMINAL, entries: [entry({ firstAt: at('10:06') })], sentAt: at('10:05') });
    expect(grown(before, OTHER, at('10:07')).due).toBe(at('10:08'));
  });
});

describe('a message that is due', () => {
  it('is handed over with everything since the storm began, as a change of the one that stands', () => {
    const bulletin = storm({ unsaid: true, due: at('10:10') });
    expect(stormDue(bulletin, GOES_ON, at('10:10'))).toEqual({
      ...bulletin,
      seq: 5,
      unsaid: false,
      due: null,
      inFlight: { seq: 5, at: at('10:10'), entries: bulletin.entries, more: 0, over: false, reference: { channel: 'C1', ts: '1.0' } },
    });
  });

  it('waits until the storm can be over when nothing is new', () => {
    expect(stormDue(storm({ due: at('10:10') }), GOES_ON, at('10:10'))).toEqual(storm({ due: at('10:19') + 1 }));
  });

  it('says that the storm is over, and leaves nothing behind for the next', () => {
    const over = stormDue(storm({ due: at('10:20') }), GOES_ON, at('10:20'));
    expect(over).toMatchObject({
      entries: [],
      more: 0,
      reference: {},
      due: null,
      inFlight: { over: true, entries: storm().entries, reference: { ts: '1.0' } },
    });
  });

  it('waits where messages cannot be changed, but not to say that it is over', () => {
    const terminal = storm({ destination: TERMINAL, unsaid: true, reference: {} });
    expect(stormDue(terminal, GOES_ON, at('10:10'))).toMatchObject({ due: at('10:19') + 1, inFlight: null });
    expect(stormDue(terminal, stormRecord('10:00'), at('10:10:01')).inFlight).toMatchObject({ over: true });
  });
});

describe('a message that was sent', () => {
  const sent = (bulletin: Bulletin, flight: BulletinInFlight, record: StormRecord = GOES_ON) =>
    stormReported(bulletin, flight, { sent: true, reference: { channel: 'C1', ts: '2.0' } }, { storm: record, now: at('10:11'), again: at('16:11') });

  it('is the one that is changed from then on, or closed once the storm is over', () => {
    expect(sent(storm({ inFlight: inFlight() }), inFlight())).toEqual(storm({ reference: { channel: 'C1', ts: '2.0' }, due: at('10:19') + 1 }));
  });

  it('is changed when it is due for what came meanwhile', () => {
    expect(sent(storm({ inFlight: inFlight(), unsaid: true, due: at('10:11:30') }), inFlight()).due).toBe(at('10:11:30'));
  });

  it('is not touched again when it said that the storm is over', () => {
    const over = inFlight({ over: true });
    const nothing = storm({ entries: [], reference: {}, inFlight: over });
    expect(sent(nothing, over)).toEqual({ ...nothing, inFlight: null });
    const next = storm({ entries: [OTHER], reference: {}, inFlight: over, unsaid: true, due: at('10:12') });
    expect(sent(next, over)).toEqual({ ...next, inFlight: null });
  });
});

describe('a message that was given up on', () => {
  const failed = (bulletin: Bulletin, flight: BulletinInFlight) =>
    stormReported(bulletin, flight, { sent: false }, { storm: GOES_ON, now: at('10:11'), again: at('16:11') });

  it('is tried again in ten minutes, as a change of the message that stands', () => {
    expect(failed(storm({ inFlight: inFlight() }), inFlight())).toEqual(storm({ unsaid: true, due: at('10:21') }));
  });

  it('is said later when it was the last of its storm', () => {
    const over = inFlight({ over: true, more: 2 });
    expect(failed(storm({ entries: [], reference: {}, inFlight: over }), over)).toEqual(storm({ more: 2, unsaid: true, due: at('16:11') }));
  });

  it('is said in the message of the next storm when that has begun', () => {
    const over = inFlight({ over: true });
    const next = failed(storm({ entries: [OTHER], reference: {}, inFlight: over, unsaid: true, due: at('10:12') }), over);
    expect(next).toMatchObject({ entries: [{ fingerprint: 'a' }, { fingerprint: 'b' }], reference: {}, due: at('10:12') });
  });
});
