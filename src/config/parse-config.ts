// From the text of a file to a checked configuration, or to everything that is wrong with it.

import { LineCounter, parseDocument, type YAMLError } from 'yaml';
import { CONSTANTS } from '../correlate/constants.ts';
import type { Instant } from '../model/time.ts';
import { mutedUntilIn } from '../route/muted-hours.ts';
import { buildRouteTree, routeAlert } from '../route/route-tree.ts';
import { isActive } from '../route/time-interval.ts';
import { IGNORED_TOP_LEVEL } from './alertmanager-keys.ts';
import { DEFAULT_API, readApi } from './api-section.ts';
import type { Config, ConfigFault } from './config.ts';
import { contentHash } from './content-hash.ts';
import { DEFAULT_CORRELATION, readCorrelation } from './correlation-section.ts';
import { readDomains } from './domains-section.ts';
import { freezeDeep } from './freeze.ts';
import { DEFAULT_GLOBAL, readGlobal } from './global-section.ts';
import { readInhibitRules } from './inhibit-section.ts';
import { localTimeIn } from './local-time.ts';
import { type CheckedSettings, maskedDocument } from './masked-document.ts';
import { readReceivers } from './receivers-section.ts';
import { DEFAULT_REDACT, readRedact } from './redact-section.ts';
import { redactionOf } from './redaction.ts';
import { DEFAULT_RETENTION, readRetention } from './retention-section.ts';
import { readRoute } from './route-section.ts';
import { type Environment, type Fields, fault, readMap, rootOf, type Setting, type Source } from './setting.ts';
import { given, readInteger, readPositiveDuration, readUrl } from './setting-value.ts';
import { DEFAULT_SEVERITIES, readSeverities } from './severities-section.ts';
import { DEFAULT_SUPPRESSION, readSuppression } from './suppression-section.ts';
import { readTimeIntervals } from './time-intervals-section.ts';
import { DEFAULT_TOPOLOGY, readTopology } from './topology-section.ts';
import { readUpstreams } from './upstreams-section.ts';
import { DEFAULT_WEBHOOKS, readWebhooks } from './webhooks-section.ts';

/** A configuration, or all the faults for which there is none, in the order of the file. */
export type ConfigResult = { readonly config: Config } | { readonly faults: readonly ConfigFault[] };

/** What a configuration is parsed from. */
export interface ConfigText {
  readonly text: string;
  /** The path of the file: faults name it, and `*_file` settings are relative to its folder. */
  readonly file: string;
  /** Where `${NAME}` comes from. */
  readonly env: Environment;
  /** Reads a file that a `*_file` setting names, as text; throws when it cannot. */
  readonly readFile: (path: string) => string;
  /** The time, for what has expired; by default the clock's. */
  readonly now?: Instant;
}

/** Checks a whole configuration. It never throws for what the file says. */
export function parseConfig({ text, file, env, readFile, now = Date.now() }: ConfigText): ConfigResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2', merge: true });
  const read: string[] = [text];
  const remembering = (path: string): string => {
    const content = readFile(path);
    read.push(content);
    return content;
  };
  const source: Source = { file, env, readFile: remembering, now, document, lines, faults: [], warnings: [] };
  const { faults, warnings } = source;
  const root = rootOf(source);
  // A key that is given twice does not keep the rest from being understood.
  const settings = document.errors.every((error) => error.code === 'DUPLICATE_KEY') ? readAll(root) : null;
  for (const error of document.errors) fault({ ...root, offset: error.pos[0] }, yamlFault(error));
  if (settings === null || faults.length > 0) return { faults: inFileOrder(faults) };
  return { config: configOf(settings, { hash: contentHash(...read), warnings: inFileOrder(warnings) }) };
}

function yamlFault(error: YAMLError): string {
  if (error.code === 'DUPLICATE_KEY') return 'this key stands in the same map twice; once is allowed';
  if (error.code === 'MULTIPLE_DOCS') return 'a second YAML document begins; one is allowed in a file';
  return `not valid YAML: ${error.message}`;
}

function inFileOrder(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  return faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

const KEYS = {
  known: [
    'global',
    'route',
    'receivers',
    'inhibit_rules',
    'time_intervals',
    'external_url',
    'severities',
    'topology',
    'domains',
    'correlation',
    'stale_after',
    'suppression',
    'webhooks',
    'api',
    'upstreams',
    'redact',
    'retention',
    'shards',
  ],
  tolerated: ['mute_time_intervals'],
  ignored: IGNORED_TOP_LEVEL,
  later: ['partition_by'],
};

function readAll(root: Setting): CheckedSettings | null {
  if (root.node === null) {
    fault(root, 'the file is empty; route and receivers are needed');
    return null;
  }
  const fields = readMap(root, KEYS);
  if (fields === null) return null;
  for (const key of ['route', 'receivers']) if (!fields.has(key)) fault(root, `${key} is missing; route and receivers are needed`);
  readUnbuilt(fields);
  const global = given(fields.get('global'), readGlobal) ?? DEFAULT_GLOBAL;
  const receivers = given(fields.get('receivers'), (section) => readReceivers(section, global)) ?? [];
  const names = new Set(receivers.map((receiver) => receiver.name));
  const timeIntervals = readTimeIntervals(fields);
  const route = given(fields.get('route'), (section) => readRoute(section, { receivers: names, intervals: timeIntervals }));
  const settings = {
    global,
    receivers,
    inhibitRules: given(fields.get('inhibit_rules'), readInhibitRules) ?? [],
    timeIntervals,
    severities: given(fields.get('severities'), readSeverities) ?? DEFAULT_SEVERITIES,
    topology: given(fields.get('topology'), readTopology) ?? DEFAULT_TOPOLOGY,
    domains: given(fields.get('domains'), readDomains) ?? [],
    correlation: given(fields.get('correlation'), readCorrelation) ?? DEFAULT_CORRELATION,
    suppression: given(fields.get('suppression'), (section) => readSuppression(section, timeIntervals)) ?? DEFAULT_SUPPRESSION,
    staleAfter: given(fields.get('stale_after'), readPositiveDuration),
    webhooks: given(fields.get('webhooks'), readWebhooks) ?? DEFAULT_WEBHOOKS,
    api: given(fields.get('api'), readApi) ?? DEFAULT_API,
    upstreams: given(fields.get('upstreams'), readUpstreams) ?? [],
    redaction: given(fields.get('redact'), readRedact) ?? DEFAULT_REDACT,
    retention: given(fields.get('retention'), readRetention) ?? DEFAULT_RETENTION,
    externalUrl: given(fields.get('external_url'), readUrl)?.replace(/\/+$/, '') ?? null,
  };
  return route === null ? null : { ...settings, route: buildRouteTree(route) };
}

/** Sections of which nothing is built yet: their keys are checked, and refused unless empty. */
function readUnbuilt(fields: Fields): void {
  const shards = fields.get('shards');
  if ((given(shards, readInteger(1, 1024)) ?? 1) > 1 && shards !== undefined) fault(shards, 'more than one is not supported yet; 1 is allowed');
}

function configOf(settings: CheckedSettings, { hash, warnings }: Pick<Config, 'hash' | 'warnings'>): Config {
  const { route, receivers, topology } = settings;
  const places = receivers.flatMap((receiver) => receiver.places);
  const timeIntervals = new Map([...settings.timeIntervals].map(([name, intervals]) => [name, (at: Instant) => isActive(intervals, at)]));
  return freezeDeep({
    policy: {
      severities: settings.severities,
      entityKinds: topology.entityKinds,
      aliases: topology.aliases,
      domainRules: settings.domains,
      dependencies: topology.dependencies,
      correlation: settings.correlation,
      constants: CONSTANTS,
      suppression: settings.suppression,
      redaction: redactionOf(settings.redaction, topology),
      inhibitRules: settings.inhibitRules,
      staleAfter: settings.staleAfter,
      localTime: localTimeIn(settings.global.timezone),
      timeIntervals,
      mutedUntil: mutedUntilIn(timeIntervals),
      route: (labels) => routeAlert(route, labels),
      fallbacks: new Map(receivers.flatMap(({ name, fallback }) => (fallback === null ? [] : [[name, fallback] as const]))),
      destinations: new Map(receivers.map((receiver) => [receiver.name, receiver.places.map((place) => place.destination)])),
    },
    routes: route,
    targets: new Map(places.map((place) => [place.destination.id, place.target])),
    webhooks: settings.webhooks,
    api: settings.api,
    upstreams: settings.upstreams,
    pagerdutyWebhookSecret: settings.global.pagerdutyWebhookSecret,
    slackSigningSecret: settings.global.slackSigningSecret,
    retention: settings.retention,
    externalUrl: settings.externalUrl,
    hash,
    document: maskedDocument(settings),
    warnings,
  });
}
