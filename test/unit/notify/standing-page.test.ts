import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/model/incident.ts';
import { incidentOfPage } from '../../../src/notify/pagerduty/standing-page.ts';
import { view } from './incident-view.ts';

const A = '01KJK5Z8R0AAAAAAAAAAAAAAAA';
const B = '01KJK5Z8R0BBBBBBBBBBBBBBBB';

/** Finds a key's incident among incident A, whose page stands under a key, and B, as the test has it. */
function find(key: string, standing: string | undefined, b: Partial<Incident> = { mergedInto: A }) {
  const incidents = new Map([
    [A, view({ id: A, deliveryIds: ['slack', 'gone', 'pager'] }).incident],
    [B, view({ id: B, deliveryIds: [], ...b }).incident],
  ]);
  const references = new Map([
    ['slack', { reference: { channel: 'C1', ts: '1.2' } }],
    ['pager', { reference: standing === undefined ? {} : { dedupKey: standing } }],
  ]);
  return incidentOfPage(key, { incident: async (id) => incidents.get(id) ?? null, delivery: async (id) => references.get(id) ?? null });
}

describe('a key stands for', () => {
  it('the incident that was told under it', async () => {
    expect(await find(A, A)).toBe(A);
    expect(await find(`${A}/2`, `${A}/2`)).toBe(A);
  });

  it('nothing once a later page took its place', async () => {
    expect(await find(A, `${A}/2`)).toBe(null);
  });

  it('the incident also while its message is not recorded yet', async () => {
    expect(await find(`${A}/2`, A)).toBe(A);
  });

  it('nothing when nobody was called under it', async () => {
    expect(await find(A, undefined)).toBe(null);
    expect(await find('01KJK5Z8R0CCCCCCCCCCCCCCCC', A)).toBe(null);
  });

  it('the incident that another one was merged into, while that one’s page goes on for it', async () => {
    expect(await find(B, B)).toBe(A);
    expect(await find(B, A)).toBe(null);
  });

  it('nothing when incidents were merged in a circle', async () => {
    expect(await find(B, B, { mergedInto: B })).toBe(null);
  });
});
