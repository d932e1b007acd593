// How late people hear of the faults of a composed stream, traps apart.

/**
 * The delays in seconds, from the arrival of what people are to hear of: `pageDelay` is the 95th percentile of the pages of faults
 * that are no traps, `trapPage` the worst of traps that need a page, `trapTold` the worst first message of the other traps. Each is
 * null where there is none, or where one of the traps was never told of.
 */
export function delaysOf(truth, score, printed) {
  const of = (faults) => score({ ...truth, scored: faults }, printed, { perFault: true });
  const traps = truth.scored.filter(({ trap }) => trap !== null);
  const worst = (faults, delayOf) => {
    const delays = faults.map((fault) => delayOf(of([fault])));
    return delays.length === 0 || delays.includes(null) ? null : Math.max(...delays);
  };
  const page = ({ delays }) => delays.all.pageFromFirstPagingReceived.p95;
  return {
    pageDelay: page(of(truth.scored.filter(({ trap }) => trap === null))),
    trapPage: worst(
      traps.filter(({ requires }) => requires === 'page'),
      page,
    ),
    trapTold: worst(
      traps.filter(({ requires }) => requires !== 'page'),
      ({ perFault: [fault] }) => fault.delay,
    ),
  };
}

/** For each scored fault, by id, the seconds from its first arrival to the first message about it; null for one that nobody was told of. */
export function toldDelays(truth, score, printed) {
  return new Map(score(truth, printed, { perFault: true }).perFault.map(({ id, delay }) => [id, delay]));
}
