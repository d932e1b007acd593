// Every number that correlation and root causes rest on, with its unit and the reason for its value. One set holds
// for all systems; `npm run eval -- sensitivity` shows what each is worth, halved and doubled.

import type { Domain, Symptom } from '../model/severity.ts';
import { DAY, HOUR, MINUTE, type Milliseconds, SECOND } from '../model/time.ts';

/** How often what was learned is tidied, and edges are learned anew: seldom, as it looks at all of it. */
export const TIDY_EVERY: Milliseconds = DAY;

/** What sort of trouble an alert reports: its domain, or `slow` for statistics over predictions and business figures. */
export type Sort = Domain | 'slow';

/** The numbers of joining alerts into incidents. Strengths are probabilities, rates are per millisecond. */
export interface Constants {
  /** How likely trouble of an entity raises a further alert on it. */
  readonly sameEntity: number;
  /** How likely it raises one on what depends on it, one step away, and on what it depends on: load and back-pressure go up the stack less often. */
  readonly downstream: number;
  readonly upstream: number;
  /** What each further step leaves of that: few faults are felt over many steps by things that nothing else relates. */
  readonly perStep: number;
  /** How likely two alert together that depend on one thing, which stays silent: it is behind the one in a third of the cases and then makes the other alert as `downstream` says; and the power of how many depend on it that this is divided by. */
  readonly beside: number;
  readonly fanPower: number;
  /** How likely two alert together that hang together in any other way, what each further step leaves, within which time at least, and within how many times the time resolution of their rules. */
  readonly part: number;
  readonly partPerStep: number;
  readonly partWithin: Milliseconds;
  readonly partResolution: number;
  /** How likely two alert together of which the graph knows nothing, before what they share. */
  readonly unrelated: number;
  /** How often two alerts of one cause share a value of a label that is worth comparing, a word of their names, or their sender's group: against its share of all alerts, this is the evidence. A group says little beside the labels that it is made of. */
  readonly labelGivenCause: number;
  readonly wordGivenCause: number;
  readonly groupGivenCause: number;
  /** Within which time alerts of one group upstream say anything by it: evaluations and waits of one rule differ by a few minutes. */
  readonly groupWithin: Milliseconds;
  /** No share is believed to be smaller than this, and what more than `mostShare` carry is not looked up. */
  readonly leastShare: number;
  readonly mostShare: number;
  /** How readily trouble of one sort makes trouble of another downstream of it; 1 where nothing is said. */
  readonly plausible: Readonly<Record<Sort, Readonly<Partial<Record<Sort, number>>>>>;
  /** The median lag of an effect, by the domain of what is affected: a machine's is felt in seconds, in tables and reports in minutes. */
  readonly lag: Readonly<Record<Domain, Milliseconds>>;
  /** The same for what changes slowly: windows over predictions and business figures are tens of minutes long. */
  readonly slowLag: Milliseconds;
  /** Lags are not finer than this share of the time resolution of the rules, of which more than `coarsest` is not believed, nor anything before so many episodes have shown it. */
  readonly resolutionShare: number;
  readonly coarsest: Milliseconds;
  readonly fewestEpisodes: number;
  /** How fast trouble that ended is over: half for each such share of the usual lag. */
  readonly activityShare: number;
  /** Weight of the incident's likely causes against its members, and what members beside the nearest count: members are seen, causes are guessed. */
  readonly causesWeight: number;
  readonly restWeight: number;
  /** How likely an alert that ended comes back while its incident goes on; half for each such share of the time that it fired, within bounds, of a smaller one where nothing else goes on; and how fresh other trouble of the incident has to be. */
  readonly recur: number;
  readonly recurShare: number;
  readonly recurAlone: number;
  readonly recurLeast: Milliseconds;
  readonly recurMost: Milliseconds;
  readonly recurFresh: Milliseconds;
  /** How sure joining has to be, λ / (λ + μ), and the odds with which an alert belongs to both of two incidents that are merged: merging is hard to undo. */
  readonly certainty: number;
  readonly mergeOdds: number;
  /** Chance: the onsets and the time that are taken as seen before the first, and how fast both fade: noise changes within days. */
  readonly priorOnsets: number;
  readonly priorTime: Milliseconds;
  readonly rateHalves: Milliseconds;
  /** The chance rate at which an alert counts half as evidence. */
  readonly noisyRate: number;
  readonly cause: CauseConstants;
}

/** The numbers of ranking causes. Weights are in nats. */
export interface CauseConstants {
  /** The probability that an alert of an incident is there by chance: what an explanation is measured against. */
  readonly chance: number;
  /** How likely a cause raises an alert that reports such a symptom: on itself, one step downstream, one step upstream. */
  readonly likely: Readonly<Record<Symptom, { readonly own: number; readonly down: number; readonly up: number }>>;
  /** What each further step leaves of that, from the nearest that alerts and hands it on. */
  readonly perStep: number;
  /** Against a candidate that raises no alert itself, for having been first, and against the share of what depends on it that is silent. */
  readonly silent: number;
  /** For a business figure: it is what trouble ends in, hardly ever what it begins with. */
  readonly business: number;
  readonly first: number;
  readonly silence: number;
  /** The advantage of the first halves for each such time that another came later. */
  readonly firstHalves: Milliseconds;
  /** The weight of there being no cause among the candidates. */
  readonly none: number;
  /** Scores are the softmax of the weights over this; above 1 they are less sure of themselves. */
  readonly temperature: number;
  /** How late after a change its trouble usually shows, how long before trouble a change is looked for, and how long after its first alert, as clocks differ. */
  readonly changeLag: Milliseconds;
  readonly changeReach: Milliseconds;
  readonly changeSlack: Milliseconds;
  /** The share of changes that cause trouble: most are innocent. */
  readonly guilty: number;
}

/** The values in force. */
export const CONSTANTS: Constants = {
  sameEntity: 0.9,
  downstream: 0.7,
  upstream: 0.5,
  perStep: 0.35,
  beside: 0.25,
  fanPower: 2,
  part: 0.4,
  partPerStep: 0.6,
  partWithin: MINUTE,
  partResolution: 1.2,
  unrelated: 0.004,
  labelGivenCause: 0.6,
  wordGivenCause: 0.2,
  groupGivenCause: 0.2,
  groupWithin: 3 * MINUTE,
  leastShare: 0.005,
  mostShare: 0.1,
  plausible: {
    infra: { slow: 0.2, business: 0.5 },
    data: { infra: 0.2 },
    model: { infra: 0.1, data: 0.3 },
    slow: { infra: 0.05, data: 0.2, application: 0.3 },
    application: { infra: 0.2, data: 0.5, slow: 0.3 },
    business: { infra: 0.05, data: 0.1, model: 0.2, application: 0.3 },
    unknown: {},
  },
  lag: { infra: 60 * SECOND, data: 8 * MINUTE, model: 90 * SECOND, application: 90 * SECOND, business: 30 * MINUTE, unknown: 2 * MINUTE },
  slowLag: 40 * MINUTE,
  resolutionShare: 0.5,
  coarsest: 5 * MINUTE,
  fewestEpisodes: 3,
  activityShare: 0.33,
  causesWeight: 0.05,
  restWeight: 0.2,
  recur: 0.5,
  recurShare: 0.15,
  recurAlone: 0.05,
  recurLeast: 30 * SECOND,
  recurMost: 15 * MINUTE,
  recurFresh: 30 * MINUTE,
  certainty: 0.7,
  mergeOdds: 30,
  priorOnsets: 0.5,
  priorTime: 3 * DAY,
  rateHalves: 4 * DAY,
  noisyRate: 3 / DAY,
  cause: {
    chance: 0.1,
    likely: {
      own: { own: 0.85, down: 0.35, up: 0.05 },
      felt: { own: 0.6, down: 0.6, up: 0.03 },
      client: { own: 0.15, down: 0.7, up: 0.02 },
      traffic: { own: 0.3, down: 0.3, up: 0.3 },
      outcome: { own: 0.25, down: 0.6, up: 0.02 },
    },
    perStep: 0.6,
    silent: -1.5,
    business: -2,
    first: 0.5,
    silence: 0.25,
    firstHalves: 5 * MINUTE,
    // Weights are measured against chance, whose own is 0.
    none: 0,
    temperature: 1,
    changeLag: 40 * MINUTE,
    changeReach: 24 * HOUR,
    changeSlack: 2 * MINUTE,
    guilty: 0.05,
  },
};
