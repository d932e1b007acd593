// A composed stream of a made-up platform: reads it, and takes its figures from its scorer.

import { join } from 'node:path';
import { bestOf } from './best-ranking.mjs';
import { keyOf } from './fault-key.mjs';
import { delaysOf, toldDelays } from './told-delays.mjs';
import { linesWithout } from './without-alerts.mjs';

/** The stream of a set; its first days are history and its last ones are scored. */
export function composedStream({ folder, scorers, product, name, short, systems }) {
  const dir = join(folder, name);
  const { loadTruth, score, baselines } = scorers.composed;
  const truth = loadTruth(dir);
  const lines = scorers.recorded
    .readEvents(join(dir, 'events.ndjson.gz'))
    .split('\n')
    .filter((line) => line !== '');
  const noise = new Set(truth.eps.filter((episode) => episode.noise).map((episode) => keyOf(episode.fp, episode.start)));
  const owners = new Map(truth.scored.flatMap((fault) => fault.eps.map((episode) => [keyOf(episode.fp, episode.start), fault.id])));
  const figures = (printed) => ({ ...figuresOf(score(truth, printed)), ...delaysOf(truth, score, printed) });
  let simple = null;
  const simpleMethods = () => {
    simple ??= baselines(truth);
    return simple;
  };
  return {
    name,
    short,
    systems,
    kind: 'incidents',
    policy: product.policyOf(join(dir, 'config.yaml')),
    events: lines.map(product.eventOf),
    figures,
    baseline: () => baselineOf(simpleMethods()),
    /** The best simple ranking of the alerts of each fault, as `{top1, top3}`. */
    rankingBaseline: () => bestOf(Object.values(simpleMethods().rcaGivenTrueGrouping).map(({ all }) => all)),
    /** What is asked of the causes of each scored fault; `change` is the entity of the change behind it, or null. */
    faults: truth.scored.map((fault) => ({
      id: fault.id,
      accepts: (entity) => fault.accept.has(entity),
      change: fault.change?.entity ?? null,
      rootAlerts: fault.rootAlerts,
    })),
    /** The scored fault that an alert belongs to, or undefined. */
    faultOf: (fingerprint, startsAt) => owners.get(keyOf(fingerprint, startsAt)),
    incidentOf: (printed) => incidentOf(printed, truth, score),
    /** The events without the alerts that the truth calls noise. */
    eventsWithoutNoise: () => linesWithout(lines, noise).map(product.eventOf),
    /** The seconds until the first message about each scored fault, by id; null for one that nobody was told of. */
    toldDelays: (printed) => toldDelays(truth, score, printed),
    isTrap: (fault) => truth.fault.get(fault).trap !== null,
    /** What is scored after the middle of the stream, at an instant in milliseconds; here it is what is scored anyway. */
    secondHalf: { from: truth.from, figures },
  };
}

function figuresOf({ grouping, rca, domains, pages, volume, wronglySuppressed }) {
  return {
    f1: grouping.bcubed.f1,
    overMerged: grouping.overMerged,
    withNoise: grouping.bcubedPrecisionWithNoise,
    top1: rca.all.top1,
    top3: rca.all.top3,
    change: rca.change.top1,
    blamed: rca.change.blamedWithoutCause,
    domain: domains.accepted,
    pageRecall: pages.recall,
    never: pages.faults - pages.notified,
    untold: wronglySuppressed.edges / wronglySuppressed.of,
    pages: volume.pagesPerDay,
    messages: volume.messagesPerDay,
  };
}

/** Everything of the method that groups best, but the best causes of any. */
function baselineOf({ alertmanager, correlator }) {
  const [best] = [correlator, alertmanager].toSorted((a, b) => b.grouping.bcubed.f1 - a.grouping.bcubed.f1);
  return { ...figuresOf(best), ...bestOf([alertmanager.rca.all, correlator.rca.all]) };
}

/**
 * The incident that the scorer takes for each fault's, by id. The scorer does not say which that is, but it asks whether the fault
 * accepts the causes of just that incident: so each incident is given its own id for a cause, and each fault notes what it is asked.
 */
function incidentOf(printed, truth, score) {
  const found = new Map();
  const noting = (fault) => ({ ...fault, accept: { has: (id) => found.set(fault.id, id) !== undefined } });
  const incidents = printed.incidents.map((incident) => ({ ...incident, rootCauses: [{ rank: 1, entity: incident.id, changeId: null }] }));
  score({ ...truth, scored: truth.scored.map(noting) }, { ...printed, incidents });
  return found;
}
