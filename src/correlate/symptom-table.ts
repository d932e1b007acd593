// Which words of a rule's name say what sort of symptom it reports: data, the first line that matches decides.

import type { Symptom } from '../model/severity.ts';

/** Patterns over the rule's name as lower-case words joined by single spaces, in the order in which they are tried. */
export const SYMPTOM_WORDS: readonly { readonly symptom: Symptom; readonly pattern: RegExp }[] = [
  {
    symptom: 'outcome',
    pattern:
      /\b(slo|error budget|burn|revenue|conversion|forecast|plan|contract|kpi|churn|drift|psi|accuracy|precision|calibration|auc|rmse|mape|entropy|(?:feature|label|training|serving) skew|(?:score|prediction|feature|label|class) distribution|distribution (?:shift|drift|changed)|confidence|reports?)\b/,
  },
  { symptom: 'own', pattern: /\b(certificate|cert|clock|errs)\b/ },
  { symptom: 'client', pattern: /\b(client|outbound|egress|dependency|probe|remote|fallback|circuit|retry|retries)\b/ },
  {
    symptom: 'own',
    pattern:
      /\b(cpu|memory|oom\w*|killed|disk|filesystem|inode|raid|gpu|xid|ecc|nvlink|temperature|thermal|throttl\w*|crash\w*|restart\w*|not ready|unhealthy|down|offline|unavailable|unreachable|missing|lost|disconnected|expir\w*|full|pressure|saturat\w*|exception|power|outage|battery|failed|failure|failing|stopped|stalled|degraded|nan|deadlock|drained|evicted|corrupt\w*|violation|schema|heap|gc)\b/,
  },
  { symptom: 'traffic', pattern: /\b(requests? (high|low|drop\w*|rate)|traffic|workload|throughput|rps|qps|network|bytes|packets|connections)\b/ },
  {
    symptom: 'felt',
    pattern:
      /\b(latency|slow\w*|duration|time ?outs?|errors?|5xx|4xx|backlog|queue|lag|stale|late|fresh\w*|frame rate|availability|waiting|pending|overdue|anomaly|null|quality|loss)\b/,
  },
];
