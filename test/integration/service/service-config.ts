// Configurations of the services under test: one receiver, told by stand-ins.

/** What a test varies. */
export interface ServiceConfig {
  /** The base URL of Slack's Web API; without one Slack is not told. */
  readonly slack?: string;
  /** Where PagerDuty's events are posted; without one PagerDuty is not told. */
  readonly pagerDuty?: string;
  /** Durations as the configuration has them; 100 ms and 1 ms by default. */
  readonly groupWait?: string;
  readonly groupInterval?: string;
  /** Further sections, as YAML. */
  readonly more?: string;
}

/** The channel's name and id at the stand-in for Slack, and the routing key that PagerDuty knows. */
export const CHANNEL = { name: '#ml-alerts', id: 'C0000000002' } as const;
export const ROUTING_KEY = '0123456789abcdef0123456789abcdef';

/** Writes a configuration as YAML. */
export function serviceConfig({ slack, pagerDuty, groupWait = '100ms', groupInterval = '1ms', more = '' }: ServiceConfig): string {
  const told = [
    ...(slack === undefined ? [] : [`slack_configs: [{app_token: xoxb-test, app_url: '${slack}', channel: '${CHANNEL.name}'}]`]),
    ...(pagerDuty === undefined ? [] : [`pagerduty_configs: [{routing_key: ${ROUTING_KEY}, url: '${pagerDuty}'}]`]),
  ];
  return `
route: {receiver: ml-oncall, group_wait: ${groupWait}, group_interval: ${groupInterval}}
receivers:
  - {name: ml-oncall${told.map((line) => `, ${line}`).join('')}}
${more}
`;
}
