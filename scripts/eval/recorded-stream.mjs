// A stream of recorded faults, or of recorded alarms: reads it, and takes its figures from its scorer.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bestOf } from './best-ranking.mjs';
import { keyOf } from './fault-key.mjs';
import { linesWithout } from './without-alerts.mjs';

/** The correlators that grouping is compared with. One group for a whole namespace is none: where there is one application, it cannot fail. */
const GROUPINGS = ['Alertmanager, group_by [alertname, namespace]', 'time only, gap 5 min', 'time and graph, gap 5 min, 2 hops'];

/** The stream `SET/ID`, in the form that `composed-stream.mjs` describes. */
export function recordedStream({ folder, scorers, product, name, short, systems }) {
  const { readEvents, readStream, fromReplay, scoreAlarms, baselines } = scorers.recorded;
  const [set, id] = name.split('/');
  const dir = join(folder, set);
  const truth = JSON.parse(readFileSync(join(dir, 'truth.json'), 'utf8'));
  const stream = truth.streams.find((each) => each.id === id);
  const text = readEvents(join(dir, stream.events));
  const lines = text.split('\n').filter((line) => line !== '');
  const data = readStream(text, truth, stream);
  const common = {
    name,
    short,
    systems,
    kind: truth.kind,
    policy: product.policyOf(join(dir, 'config.yaml')),
    events: lines.map(product.eventOf),
  };
  let simple = null;
  const simpleMethods = () => {
    simple ??= baselines(data, truth.kind);
    return simple;
  };
  if (truth.kind === 'alarms') {
    return {
      ...common,
      figures: (printed) => alarmFigures(scoreAlarms(fromReplay(printed, data), data)),
      baseline: () => bestAlarms(Object.values(simpleMethods()).map(alarmFigures)),
    };
  }
  const figuresFor = (of) => (printed) => figuresOf(scorers.recorded.scoreIncidents(fromReplay(printed, of), of));
  const known = data.faults.filter((fault) => fault.rootCauses !== null);
  const owners = new Map(data.faults.flatMap((fault) => fault.instances.map((alert) => [alert.key, fault.id])));
  const background = new Set(data.instances.filter(({ label }) => label === 'background').map(({ key }) => key));
  return {
    ...common,
    figures: figuresFor(data),
    baseline: () => baselineOf(simpleMethods()),
    rankingBaseline: () => bestOf(rankings(simpleMethods())),
    faults: known.map(({ id: fault, rootCauses, instances }) => ({
      id: fault,
      accepts: (entity) => rootCauses.includes(entity),
      change: null,
      rootAlerts: instances.some(({ entity }) => rootCauses.includes(entity)),
    })),
    faultOf: (fingerprint, startsAt) => owners.get(keyOf(fingerprint, startsAt)),
    incidentOf: (printed) => incidentOf(printed, data, scorers.recorded),
    eventsWithoutNoise: () => linesWithout(lines, background).map(product.eventOf),
    toldDelays: (printed) => toldDelays(printed, data, scorers.recorded),
    isTrap: () => false,
    secondHalf: secondHalfOf(stream, (faults) => figuresFor(readStream(text, truth, { ...stream, faults }))),
  };
}

function figuresOf({ grouping, rca, ...told }) {
  return { f1: grouping.f1, top1: rca.top1, top3: rca.top3, ...toldFigures(told) };
}

function toldFigures({ faultsNeverNotified, noiseReduction, falsePages, notifications }) {
  return { never: faultsNeverNotified, noiseReduction, falsePages, messages: notifications.all };
}

function alarmFigures({ lastingOnsetsNotified, freshOnsetsNotified, notifications }) {
  return { lasting: lastingOnsetsNotified, fresh: freshOnsetsNotified, messages: notifications.all };
}

/** The best of each figure, whichever method it comes from. */
function bestAlarms(list) {
  const most = (name) => Math.max(...list.map((figures) => figures[name]));
  return { lasting: most('lasting'), fresh: most('fresh'), messages: Math.min(...list.map(({ messages }) => messages)) };
}

/** The best grouping and the best causes of any simple method; messages as Alertmanager sends them. */
function baselineOf(simple) {
  const [alertmanager] = GROUPINGS;
  const f1 = Math.max(...GROUPINGS.map((name) => simple[name].grouping.f1));
  return { f1, ...bestOf(rankings(simple)), ...toldFigures(simple[alertmanager]) };
}

function rankings({ ranking }) {
  return Object.entries(ranking).flatMap(([name, figures]) => (name.startsWith('ceiling') ? [] : [figures]));
}

/**
 * Half of the faults come before the middle of the stream, which is the start of a fault. Messages are those sent from there on; what the
 * scorer reckons over all edges and alerts is left out.
 */
function secondHalfOf({ faults }, figuresFor) {
  const sorted = faults.toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start));
  const later = sorted.slice(Math.floor(sorted.length / 2));
  const from = Date.parse(later[0].start);
  const figures = figuresFor(later);
  const sentSince = ({ notifications }) => notifications.filter(({ at }) => Date.parse(at) >= from).length;
  return {
    from,
    figures: (printed) => {
      const { noiseReduction: _, falsePages: __, ...ofHalf } = figures(printed);
      return { ...ofHalf, messages: sentSince(printed) };
    },
  };
}

/** The incident that the scorer takes for each fault's, by id; found as in `composed-stream.mjs`. */
function incidentOf(printed, data, { fromReplay, scoreIncidents }) {
  const found = new Map();
  const noting = (fault) => (fault.rootCauses === null ? fault : { ...fault, rootCauses: { includes: (id) => found.set(fault.id, id) !== undefined } });
  const incidents = printed.incidents.map((incident) => ({ ...incident, rootCauses: [{ entity: incident.id }] }));
  scoreIncidents(fromReplay({ ...printed, incidents }, data), { ...data, faults: data.faults.map(noting) });
  return found;
}

/**
 * The seconds until the first message about each fault that alerts, by id; null for one that had none. The scorer times triggers alone, so
 * it is shown everything but resolves as one.
 */
function toldDelays(printed, data, { fromReplay, scoreIncidents }) {
  const recorded = fromReplay(printed, data);
  const notifications = recorded.notifications.map((message) => (message.kind === 'resolve' ? message : { ...message, kind: 'trigger' }));
  const outcome = { ...recorded, notifications };
  const alerting = data.faults.filter(({ instances }) => instances.length > 0);
  return new Map(alerting.map((fault) => [fault.id, scoreIncidents(outcome, { ...data, faults: [fault] }).delaySeconds.median]));
}
