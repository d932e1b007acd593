// What is to be reached on each stream, and how each figure is called and read.

const COMPOSED = { withNoise: 0.9, change: 0.6, domain: 0.9, pageRecall: 1, never: 0, untold: 0.01, pageDelay: 60, trapTold: 600 };

/** The least, or the most, that a figure should be, by stream; a figure that is not named here is only watched. */
export const TARGETS = {
  'mlplatform-dev': { ...COMPOSED, f1: 0.95, overMerged: 0, top1: 0.8, top3: 0.92, trapPage: 180, pages: 9, messages: 55 },
  'mlplatform-vision': { ...COMPOSED, f1: 0.95, overMerged: 1, top1: 0.68, top3: 0.9, trapPage: 120, pages: 9, messages: 80 },
  'mlplatform-ads': { ...COMPOSED, f1: 0.93, overMerged: 1, top1: 0.6, top3: 0.75, trapPage: 360, pages: 12, messages: 100 },
  'nezha-day1/edges': { f1: 0.92, top1: 0.56, top3: 0.7, never: 0, noiseReduction: 0.82, falsePages: 20 },
  'nezha-day1/grouped': { never: 0 },
  'petshop-train/dense': { f1: 0.94, top3: 0.65, never: 0, noiseReduction: 0.82, falsePages: 20 },
  'petshop-train/spaced': { never: 0 },
  'mixed-development/overlaid': { f1: 0.9, top1: 0.45, top3: 0.65, never: 0, noiseReduction: 0.82, falsePages: 30 },
  'gcastle-wireless/alarms': { lasting: 1, messages: 2300 },
};

/** The figures in the order of the table: what they are called, whether they are shares or counts, and which way is better. */
export const FIGURES = {
  f1: { label: 'grouping F1', share: true, better: 'more' },
  overMerged: { label: 'over-merged incidents', share: false, better: 'less' },
  withNoise: { label: 'precision with noise counted', share: true, better: 'more' },
  top1: { label: 'cause top-1', share: true, better: 'more' },
  top3: { label: 'cause top-3', share: true, better: 'more' },
  change: { label: 'change named top-1', share: true, better: 'more' },
  blamed: { label: 'changes blamed wrongly', share: false, better: 'less' },
  domain: { label: 'domain accepted', share: true, better: 'more' },
  pageRecall: { label: 'page recall', share: true, better: 'more' },
  never: { label: 'faults never notified', share: false, better: 'less' },
  lasting: { label: 'lasting onsets notified', share: true, better: 'more' },
  fresh: { label: 'fresh onsets notified', share: true, better: 'more' },
  untold: { label: 'fault edges untold', share: true, better: 'less' },
  pageDelay: { label: 'page delay p95, no traps, s', share: false, better: 'less' },
  trapPage: { label: 'worst trap, page, s', share: false, better: 'less' },
  trapTold: { label: 'worst trap, other, s', share: false, better: 'less' },
  noiseReduction: { label: 'noise reduction', share: true, better: 'more' },
  falsePages: { label: 'false pages', share: false, better: 'less' },
  pages: { label: 'pages', share: false, better: 'less' },
  messages: { label: 'messages', share: false, better: 'less' },
};

/** Whether a figure is as good as its target. Shares are compared as they are printed, to three places. */
export function isMet(figure, value, target) {
  if (value === null || value === undefined) return false;
  const rounded = Math.round(value * 1000) / 1000;
  return FIGURES[figure].better === 'more' ? rounded >= target : rounded <= target;
}
