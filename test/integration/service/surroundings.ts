// What a service under test stands among: a Redis of its own, and stand-ins of Slack and PagerDuty.

import { type PagerDutyStandIn, startPagerDuty } from '../../stand-ins/pagerduty.ts';
import { type SlackStandIn, startSlack } from '../../stand-ins/slack.ts';
import { type RedisProcess, startRedis } from './redis-process.ts';
import type { Undo } from './undo.ts';

/** They, running. */
export interface Surroundings {
  readonly redis: RedisProcess;
  readonly slack: SlackStandIn;
  readonly pagerDuty: PagerDutyStandIn;
}

/** Starts them; the list ends them again. */
export async function startSurroundings(undo: Undo): Promise<Surroundings> {
  const redis = await startRedis();
  undo.later(() => redis.remove());
  const slack = await startSlack();
  undo.later(() => slack.close());
  const pagerDuty = await startPagerDuty();
  undo.later(() => pagerDuty.close());
  return { redis, slack, pagerDuty };
}
