// Which of some rankings is compared with: the best of each figure, whichever it comes from.

/** The best top-1 and the best top-3 of rankings, as `{top1, top3}`. */
export function bestOf(rankings) {
  return { top1: Math.max(...rankings.map(({ top1 }) => top1)), top3: Math.max(...rankings.map(({ top3 }) => top3)) };
}
