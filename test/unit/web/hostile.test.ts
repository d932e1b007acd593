// Whatever alerts and people say, no more tags, attributes and addresses are in the page than are of the page itself.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Html } from '../../../web/html.ts';
import { incidentListHtml } from '../../../web/incident-list.ts';
import { incidentPageHtml } from '../../../web/incident-page.ts';
import { refusedHtml, tokenFormHtml } from '../../../web/refused.ts';
import { ledgerHtml } from '../../../web/summary.ts';
import { suppressionListHtml } from '../../../web/suppression-list.ts';
import { alert, cause, delivery, entry, incident, NOON, suppression } from './documents.ts';

const PIECES = [
  '<script>',
  '</p>',
  '<img src=x onerror=alert(1)>',
  '"',
  "'",
  '`',
  '>',
  '<',
  '&',
  '&lt;',
  ' onclick=',
  'javascript:',
  '<!--',
  '-->',
  ']]>',
  '${',
  '\u202e',
  '\u0000',
  '\n',
  'https://',
  '//',
  '=',
  'a',
];
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** Every view, with the text wherever a text from outside can stand. */
function viewsOf(text: string): readonly Html[] {
  const evidence = [{ kind: text, summary: text, value: 1 }];
  const said = alert({
    fingerprint: text,
    labels: { alertname: text, severity: text, [text]: text },
    annotations: { summary: text, runbook_url: text, dashboard_url: text, [text]: text },
    links: { source: text, panel: text },
    entity: text,
    startsAt: text,
    lastStartsAt: text,
    occurrences: 2,
    flapping: true,
    held: true,
    joinedBecause: evidence,
  });
  const whole = incident({
    id: text,
    title: text,
    startsAt: text,
    acknowledgedAt: text,
    acknowledgedBy: text,
    snoozedUntil: text,
    snoozedBy: text,
    receivers: [text],
    alerts: [said, alert({ fingerprint: '1', status: 'resolved', endsAt: text })],
    rootCauses: [cause({ entity: text, evidence }), cause({ rank: 2, changeId: text, entity: text }), cause({ rank: 3, score: 0, fingerprint: null })],
  });
  const page = {
    timeline: [entry({ at: text, kind: text, summary: text, evidence }), entry({ summary: text, evidence: [...evidence, ...evidence, ...evidence] })],
    deliveries: [delivery({ receivers: [text], sentAt: text, lastError: text })],
    whole: new Set<string>(),
    asksWho: true,
    now: NOON,
  };
  return [
    incidentListHtml({
      filter: { status: [], severity: [], domain: [], matcher: [text] },
      incidents: [whole, { ...whole, status: 'acknowledged' }, { ...whole, status: 'resolved', resolvedAt: text }],
      more: true,
      now: NOON,
    }),
    incidentPageHtml({ incident: whole, ...page }),
    incidentPageHtml({ incident: { ...whole, status: 'resolved', resolvedAt: text, mergedInto: text }, ...page }),
    suppressionListHtml(
      [suppression({ fingerprint: text, labels: { alertname: text, [text]: text }, incidentId: text, rule: text, since: text, until: text, evidence })],
      true,
      NOON,
    ),
    ledgerHtml({ received: 1, notified: 0, pending: 0, suppressed: 1, duplicate: 0, failed: 0, suppressedByReason: { [text]: 1 } }),
    tokenFormHtml(text),
    refusedHtml(text),
  ];
}

/** The tags of markup with their attributes, such as `a href`, and where links lead. Throws where there is a `<` or `>` that is of no tag. */
function read(markup: string): { readonly parts: readonly string[]; readonly hrefs: readonly string[] } {
  const parts: string[] = [];
  const hrefs: string[] = [];
  const outside = markup.replace(/<(\/?[a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)\/?>/gi, (_, tag: string, attributes: string) => {
    parts.push(tag);
    for (const [, name = '', value = ''] of attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/gi)) {
      parts.push(`${tag} ${name}`);
      if (name === 'href') hrefs.push(value);
    }
    return '';
  });
  if (/[<>]/.test(outside)) throw new Error(`there is a tag that is none of the page's own in ${outside}`);
  return { parts, hrefs };
}

describe('whatever text comes', () => {
  // A text that is a URL and one that is a time make links and times of it.
  const own = viewsOf('plain').map(
    (_, i) => new Set(['https://example.com/', '2026-03-01T10:00:00Z', 'plain'].flatMap((text) => [...read(viewsOf(text)[i]?.markup ?? '').parts])),
  );

  it('adds no tag, no attribute, and no address but of http and https', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const [i, { markup }] of viewsOf(text).entries()) {
          const { parts, hrefs } = read(markup);
          expect(parts.filter((part) => own[i]?.has(part) !== true)).toEqual([]);
          expect(hrefs.filter((href) => !/^(?:#\/|https?:\/\/)/.test(href))).toEqual([]);
        }
      }),
      { numRuns: 400 },
    );
  });
});
