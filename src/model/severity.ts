// Severities and domains, and their order.

/** How bad an alert or an incident is, worst first. */
export const SEVERITIES = ['critical', 'warning', 'info'] as const;

/** One of `critical`, `warning`, `info`. */
export type Severity = (typeof SEVERITIES)[number];

/** What part of an AI platform an alert speaks of, from the machines up to the money. */
export const DOMAINS = ['infra', 'data', 'model', 'application', 'business', 'unknown'] as const;

/** One of `infra`, `data`, `model`, `application`, `business`, `unknown`. */
export type Domain = (typeof DOMAINS)[number];

/** What an alert reports: trouble of its own, an effect that is felt, what a client sees of others, traffic, or an outcome. */
export type Symptom = 'own' | 'felt' | 'client' | 'traffic' | 'outcome';

/** Whether `a` is worse than `b`. */
export function worse(a: Severity, b: Severity): boolean {
  return SEVERITIES.indexOf(a) < SEVERITIES.indexOf(b);
}

/** The worse of two severities. */
export function worst(a: Severity, b: Severity): Severity {
  return worse(b, a) ? b : a;
}
