// Normalises one alert of a webhook: what came becomes what the engine is given, or a fault.

import type { AlertLinks, AlertSource, ReceivedAlert } from '../model/alert.ts';
import { fingerprintOf, type Labels } from '../model/labels.ts';
import { type EpisodeContext, readEpisode } from './alert-status.ts';
import { describeJson, type Fault, fault } from './fault.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { readLabelSet } from './label-set.ts';
import { ALERT_LIMITS } from './limits.ts';
import { readLinks } from './links.ts';

/** What an alert takes over from the webhook that it came in. */
export interface AlertContext extends EpisodeContext {
  readonly source: AlertSource;
  readonly groupKey: string;
  /** Where the sender's own pages are reached; null when that is not known. */
  readonly externalUrl: string | null;
}

const FINGERPRINT = /^[0-9a-f]{16}$/i;

/**
 * Normalises an alert, or says what is wrong with it; `pointer` is where it stands in the body.
 *
 * A fingerprint that was sent is kept, as Grafana hashes labels that it does not send; one that is
 * missing or not 16 hex digits is computed. An alert with neither labels nor a fingerprint is a
 * fault: all such alerts would be one.
 */
export function readAlert(value: unknown, pointer: string, context: AlertContext): ReceivedAlert | Fault {
  if (!isJsonObject(value)) return fault(pointer, `must be an object, not ${describeJson(value)}`);
  const labels = readLabelSet(value['labels'], 'labels', pointer);
  if ('kind' in labels) return labels;
  const annotations = readLabelSet(value['annotations'], 'annotations', pointer);
  if ('kind' in annotations) return annotations;
  const episode = readEpisode(value, pointer, context);
  if ('kind' in episode) return episode;
  const links = linksOf(value, context);
  if (!fitsWhole(labels, annotations, links)) return fault(pointer, `is larger than the ${ALERT_LIMITS.alertBytes} bytes allowed`);
  const given = value['fingerprint'];
  const named = typeof given === 'string' && FINGERPRINT.test(given);
  if (!named && labels.size === 0) return fault(`${pointer}/labels`, 'has no label, and there is no fingerprint of 16 hex digits either');
  return {
    fingerprint: named ? given.toLowerCase() : fingerprintOf(labels),
    status: episode.status,
    labels,
    annotations,
    startsAt: episode.startsAt,
    endsAt: episode.endsAt,
    links,
    source: context.source,
    groupKey: context.groupKey,
  };
}

/** Grafana links each alert to what can be done about it; of Alertmanager it is enough to know where it is. */
function linksOf(value: JsonObject, { source, externalUrl }: AlertContext): AlertLinks {
  const links = readLinks(value);
  return externalUrl === null || source !== 'alertmanager' ? links : { ...links, alertmanager: externalUrl };
}

function fitsWhole(labels: Labels, annotations: Labels, links: AlertLinks): boolean {
  // A UTF-16 unit never takes more than 3 bytes of UTF-8, so that counting bytes is hardly ever needed.
  const limit = ALERT_LIMITS.alertBytes;
  return sizeOf(labels, annotations, links, unitsOf) * 3 <= limit || sizeOf(labels, annotations, links, Buffer.byteLength) <= limit;
}

function unitsOf(text: string): number {
  return text.length;
}

function sizeOf(labels: Labels, annotations: Labels, links: AlertLinks, measure: (text: string) => number): number {
  let size = 0;
  for (const [name, value] of labels) size += measure(name) + measure(value);
  for (const [name, value] of annotations) size += measure(name) + measure(value);
  for (const link of Object.values(links)) size += measure(link);
  return size;
}
