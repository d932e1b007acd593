// The alerts that are sent: as large as the fixtures', each one distinct, a hundred to a service.

import { fingerprintOf, labelsFromObject } from '../src/model/labels.ts';

/** How many alerts in a row are about one service; they have one rule too, as the alerts of one webhook usually do. */
export const ALERTS_PER_SERVICE = 100;
/** How many services depend on the first of them; Winnow joins their alerts into one incident. */
export const SERVICES_PER_SYSTEM = 5;

/** Alerts whose numbers are so far apart share no system: each is an incident of its own. */
export const APART = ALERTS_PER_SERVICE * SERVICES_PER_SYSTEM;

/** An alert, as far as the webhook of Alertmanager and its API write it alike. */
export interface GeneratedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** RFC 3339. */
  readonly startsAt: string;
  readonly generatorURL: string;
}

/** The alert of a number, from 0 on: the same number is the same alert. */
export function alertAt(number: number, startsAt: string): GeneratedAlert {
  const instance = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}:9100`;
  return {
    labels: { alertname: 'HighLatency', cluster: 'prod-eu', instance, service: serviceOf(number), severity: 'warning' },
    annotations: {
      description: 'Héllo ✓ <&> "quoted" \\ back\nsecond line',
      runbook_url: 'https://runbooks.example/HighLatency',
      summary: `HighLatency on ${instance}`,
    },
    startsAt,
    generatorURL: 'http://prometheus.example:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1',
  };
}

/** The service that the alert of a number is about. */
export function serviceOf(number: number): string {
  return serviceAt(Math.floor(number / ALERTS_PER_SERVICE));
}

/** Which service depends on which, for the services of so many alerts: pairs of a dependent and what it depends on. */
export function dependencies(alerts: number): readonly (readonly [from: string, to: string])[] {
  const services = Math.ceil(alerts / ALERTS_PER_SERVICE);
  return Array.from({ length: services }, (_, i) => [serviceAt(i), serviceAt(i - (i % SERVICES_PER_SYSTEM))] as const).filter(([from, to]) => from !== to);
}

function serviceAt(index: number): string {
  return `service-${index}`;
}

/** The body with which Alertmanager would hand these alerts to a webhook. */
export function webhookOf(alerts: readonly GeneratedAlert[], ended: string | null = null): object {
  const { instance: _, ...common } = alerts[0]?.labels ?? {};
  const status = ended === null ? 'firing' : 'resolved';
  const endsAt = ended ?? '0001-01-01T00:00:00Z';
  return {
    receiver: 'winnow',
    status,
    alerts: alerts.map((alert) => ({ status, ...alert, endsAt, fingerprint: fingerprintOf(labelsFromObject(alert.labels)) })),
    groupLabels: { alertname: common['alertname'], service: common['service'] },
    commonLabels: common,
    commonAnnotations: {},
    externalURL: 'http://alertmanager.example:9093',
    version: '4',
    groupKey: `{}:{alertname="${common['alertname']}", service="${common['service']}"}`,
    truncatedAlerts: 0,
  };
}
