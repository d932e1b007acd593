// Whether an alert begins at its usual hour, and how long it may last as it usually does.

import type { Evidence } from '../../model/evidence.ts';
import type { SeriesBaseline } from '../../model/learned.ts';
import { formatDuration, type Instant, SECOND } from '../../model/time.ts';
import { type HabitTime, usualAt } from '../baseline/habit.ts';
import { agedTo } from '../baseline/series.ts';
import { survivalOf, timeUntil } from '../baseline/survival.ts';
import type { SeasonalPolicy } from '../policy.ts';

/** Of its episodes, all but this share end by the time that one is told of. */
const OUTLASTS = 0.05;
const SLACK = { factor: 1.25, plus: 60 * SECOND };

/** A first message that waits for an end that comes every day. */
export interface SeasonalHold {
  readonly until: Instant;
  readonly evidence: readonly Evidence[];
}

/** Decides it; null when this is not its hour, or how long it lasts then is not known. */
export function seasonalHold(
  { series, local, now }: { readonly series: SeriesBaseline | undefined; readonly local: HabitTime; readonly now: Instant },
  { days, share, maxHold }: SeasonalPolicy,
): SeasonalHold | null {
  if (series === undefined) return null;
  const usual = usualAt(series.habit, local);
  const daily = usual.yesterday && usual.days >= days && usual.days >= share * usual.of;
  const weekly = usual.weeks >= days && usual.weeks === usual.ofWeeks;
  if (!daily && !weekly) return null;
  const survival = survivalOf([{ times: agedTo(series, now) }]);
  const longest = timeUntil(survival, OUTLASTS) * SLACK.factor + SLACK.plus;
  // Of what comes once a week half has faded by the third time.
  if (survival.weight < (daily ? days - 0.5 : days / 2) || longest > maxHold) return null;
  const when = daily ? `on ${usual.days} of the last ${usual.of} days` : `on the same weekday in each of the last ${usual.weeks} weeks`;
  return {
    until: now + Math.round(longest),
    evidence: [
      {
        kind: 'usual-hour',
        summary: `began near this time of the day ${when}, and hardly ever lasted longer than ${formatDuration(longest)}`,
        value: daily ? usual.days : usual.weeks,
        threshold: days,
        observations: daily ? usual.of : usual.ofWeeks,
      },
    ],
  };
}
