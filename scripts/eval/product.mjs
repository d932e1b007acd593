// All that the evaluation knows of the product: its modules in dist/, the names of its constants, and what each kind of evidence rests on.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../say.mjs';

/** Tables of constants whose rows are varied as one. */
const TABLES = ['plausible', 'cause.likely'];
/** Large enough that what it is added to no longer counts. */
const MUCH = 1e9;

/**
 * Loads the build in dist/ and answers what the evaluation does with it: `constants`, `policyOf(file)`, `eventOf(line)`,
 * `replay(policy, events)` and `trueCauses(policy, events, faultOf)`. dist/ has to be up to date.
 */
export async function loadProduct() {
  const load = (path) => import(pathToFileURL(join(ROOT, 'dist', path)).href);
  const { CONSTANTS } = await load('correlate/constants.js');
  const { loadConfig } = await load('config/load-config.js');
  const { readRecordedEvent } = await load('cli/replay/recorded-event.js');
  const { Replay } = await load('cli/replay/replay.js');
  const { jsonReport } = await load('cli/replay/report.js');
  const { EngineState } = await load('correlate/state.js');
  const { TimerQueue } = await load('shard/timer-queue.js');
  const { Turn } = await load('shard/turn.js');
  const { withEnd, withOnset } = await load('correlate/parts.js');
  const { rankCauses } = await load('correlate/root-cause.js');
  const { rarity } = await load('correlate/chance.js');

  return { constants: CONSTANTS, policyOf, eventOf, replay, trueCauses };

  /** The policy of a configuration file, with the constants that hold. Throws when the file is refused. */
  function policyOf(file) {
    const loaded = loadConfig({ file, env: {} });
    if (loaded.faults !== undefined) throw new Error(`${file}: ${loaded.faults[0].message}`);
    return loaded.config.policy;
  }

  /** A line of a recording as the event that the engine takes. Throws when it cannot be read. */
  function eventOf(line) {
    const event = readRecordedEvent(line);
    if (event.kind === 'unreadable') throw new Error(`an event cannot be read: ${event.message}`);
    return event;
  }

  /** What `winnow replay --format json` prints for these events under a policy, parsed. */
  function replay(policy, events) {
    const run = new Replay(policy);
    for (const event of events) run.event(event);
    run.finish();
    return JSON.parse([...jsonReport(run.archive)].join(''));
  }

  /**
   * The causes of incidents that hold the alerts of one true fault each and nothing else, as they stood when the last alert but one had ended:
   * by fault, the list that an incident would show. `faultOf(fingerprint, startsAt)` names the fault of an alert, or answers undefined;
   * `startsAt` is in milliseconds. The engine runs along, so that rates, resolutions and domains are what it knew at the time.
   */
  function trueCauses(policy, events, faultOf) {
    const state = new EngineState();
    const timers = new TimerQueue();
    const incidents = new Map();
    for (const event of events) {
      const turn = new Turn({ state, timers, policy, outcomeOf: sent });
      turn.event(event);
      const { changes } = turn.decision();
      const changed = [...changes.alerts.values()].filter((alert) => alert !== null).map((alert) => ({ alert, before: state.alerts.get(alert.fingerprint) }));
      state.apply(changes);
      for (const { alert, before } of changed) take(alert, before);
    }
    return new Map([...incidents].map(([fault, { causes }]) => [fault, causes]));

    function take(alert, before) {
      const fault = faultOf(alert.fingerprint, alert.startsAt.ms);
      if (fault === undefined) return;
      const incident = incidents.get(fault) ?? { parts: [], causes: [], seen: new Set() };
      incidents.set(fault, incident);
      if (alert.status === 'firing' && before?.changedAt !== alert.changedAt) {
        incident.parts = withOnset(incident.parts, onsetOf(alert, before, incident.seen));
        incident.seen.add(alert.fingerprint);
        incident.causes = rankCauses(incident.parts, rankView());
      } else if (alert.status === 'resolved' && before?.status === 'firing') {
        incident.parts = withEnd(incident.parts, alert.entity, alert.rule, Math.min(alert.changedAt, alert.endsAt?.ms ?? alert.changedAt));
        if (incident.parts.some(({ firing }) => firing > 0)) incident.causes = rankCauses(incident.parts, rankView());
      }
    }

    /** What the engine knew of the alert when it fired is in the part that it plays in the engine's own incident. */
    function onsetOf(alert, before, seen) {
      const { parts } = state.incidents.get(alert.membership.incidentId);
      const part = parts.find(({ entity, rule }) => entity === alert.entity && rule === alert.rule) ?? parts.at(-1);
      const { entity, domain, severity, fingerprint, rule } = alert;
      const at = Math.min(alert.changedAt, alert.startsAt.ms);
      const joins = !seen.has(fingerprint);
      return {
        ...part,
        labels: part.labels.map((id) => ({ id })),
        entity,
        domain,
        severity,
        fingerprint,
        rule,
        at,
        joins,
        weight: rarity(part.rate, policy.constants),
        starts: joins || before?.status !== 'firing',
      };
    }

    function rankView() {
      return {
        topology: state.graph(policy).topology,
        changes: state.changes.values(),
        maxHops: policy.correlation.maxHops,
        now: state.clock,
        constants: policy.constants,
      };
    }
  }
}

/** How a message ends in a replay: at once, and well. */
function sent({ deliveryId, seq, at }, draft) {
  const delivery = draft.delivery(deliveryId);
  // What is told of several incidents has no version.
  const { version, status } = delivery === undefined ? { version: 0, status: 'open' } : draft.incident(delivery.incidentId);
  return { kind: 'delivery', receivedAt: at, deliveryId, seq, outcome: 'sent', version, status, reference: {}, error: null };
}

/** The policy with other constants, named by their paths, such as `cause.first`. Throws for a path that names none. */
export function withConstants(policy, values) {
  const constants = structuredClone(policy.constants);
  for (const [path, value] of Object.entries(values)) {
    const names = path.split('.');
    const last = names.pop();
    const holder = names.reduce((object, name) => object?.[name], constants);
    if (holder?.[last] === undefined) throw new Error(`there is no constant ${path}`);
    holder[last] = value;
  }
  return { ...policy, constants };
}

/** The policy with other declared dependencies: a list of `{from, to}`. */
export function withDependencies(policy, edges) {
  return { ...policy, dependencies: edges.map(({ from, to }) => ({ from, to, origin: 'declared' })) };
}

/** Every constant that is varied, as `[path, value]`; the value is a number, or a row of a table. */
export function listConstants(constants, prefix = '') {
  return Object.entries(constants).flatMap(([name, value]) => {
    const path = `${prefix}${name}`;
    return typeof value === 'number' || TABLES.includes(prefix.slice(0, -1)) ? [[path, value]] : listConstants(value, `${path}.`);
  });
}

/** Each kind of evidence, and the policy without it. */
export const WITHOUT = {
  graph: (policy) => ({ ...withConstants(policy, { part: 0, 'cause.silence': 0 }), correlation: { ...policy.correlation, maxHops: 0 } }),
  'effects up the stack': (policy) => withConstants(policy, { upstream: 0 }),
  'one part of the graph': (policy) => withConstants(policy, { part: 0 }),
  'shared dependencies': (policy) => withConstants(policy, { beside: 0 }),
  'sorts of trouble': (policy) => withConstants(policy, { plausible: mapValues(policy.constants.plausible, () => ({})) }),
  'labels and words': (policy) => withConstants(policy, { unrelated: 0 }),
  words: (policy) => withConstants(policy, { wordGivenCause: 0 }),
  'group key': (policy) => withConstants(policy, { groupGivenCause: 0 }),
  activity: (policy) => withConstants(policy, { activityShare: MUCH }),
  chance: (policy) => withConstants(policy, { priorOnsets: policy.constants.priorOnsets * MUCH, priorTime: policy.constants.priorTime * MUCH }),
  recurrence: (policy) => withConstants(policy, { recur: 0 }),
  merges: (policy) => withConstants(policy, { mergeOdds: Number.MAX_VALUE }),
  'pull of causes': (policy) => withConstants(policy, { causesWeight: 0 }),
  symptoms: (policy) => withConstants(policy, { 'cause.likely': flat(policy.constants.cause.likely) }),
  'first to fire': (policy) => withConstants(policy, { 'cause.first': 0 }),
  'silent dependents': (policy) => withConstants(policy, { 'cause.silence': 0 }),
  changes: (policy) => withConstants(policy, { 'cause.guilty': 0 }),
};

/** Each mechanism that holds back, and the policy without it. */
export const WITHOUT_HOLDS = {
  'without transient': (policy) => withHolds(policy, switchedOff(policy, ['transient'])),
  'without flapping': (policy) => withHolds(policy, switchedOff(policy, ['flapping'])),
  'without seasonal': (policy) => withHolds(policy, switchedOff(policy, ['seasonal'])),
  'without storm': (policy) => withHolds(policy, switchedOff(policy, ['storm'])),
  'without all four': (policy) => withHolds(policy, switchedOff(policy, ['transient', 'flapping', 'seasonal', 'storm'])),
  'critical never held': (policy) => {
    const { transient } = policy.suppression;
    return withHolds(policy, { transient: { ...transient, severities: new Set([...transient.severities].filter((severity) => severity !== 'critical')) } });
  },
};

function switchedOff({ suppression }, names) {
  return Object.fromEntries(names.map((name) => [name, { ...suppression[name], mode: 'off' }]));
}

function withHolds(policy, changed) {
  return { ...policy, suppression: { ...policy.suppression, ...changed } };
}

/** The policy with another temperature of the causes' scores. */
export function withTemperature(policy, temperature) {
  return withConstants(policy, { 'cause.temperature': temperature });
}

/** A table of symptoms in which every symptom is the mean of all. */
function flat(table) {
  const rows = Object.values(table);
  const mean = mapValues(rows[0], (_, name) => rows.reduce((sum, row) => sum + row[name], 0) / rows.length);
  return mapValues(table, () => mean);
}

function mapValues(object, of) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, of(value, name)]));
}
