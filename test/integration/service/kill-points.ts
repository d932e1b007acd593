// The steps on the way of an alert at which a service can be killed: calls of the parts that reach outside the process.

import type { AppOptions } from '../../../src/app.ts';
import type { EngineEvent } from '../../../src/correlate/event.ts';
import type { Claim } from '../../../src/notify/delivery-records.ts';
import type { SendRequest } from '../../../src/notify/integration.ts';
import type { Commit } from '../../../src/shard/shard-store.ts';

type Decorate = NonNullable<AppOptions['decorate']>;

/** A call at which a service dies. */
interface KillPoint {
  readonly part: Parameters<Decorate>[0];
  readonly method: string;
  /** Whether it is this call, by its arguments. */
  readonly applies: (...args: never[]) => boolean;
}

const delivered = ({ changes }: Commit) => [...changes.deliveries.values()];

/** The steps by name, in the order in which an alert passes them. */
export const KILL_POINTS = {
  'taking the webhook in': { part: 'intake', method: 'add', applies: (event: EngineEvent) => event.kind === 'webhook' },
  'committing the webhook': { part: 'store', method: 'commit', applies: ({ batch, changes }: Commit) => batch !== null && changes.alerts.size > 0 },
  'committing the hand-over': { part: 'store', method: 'commit', applies: (commit: Commit) => delivered(commit).some(({ inFlight }) => inFlight !== null) },
  'queueing the message': { part: 'deliveries', method: 'add', applies: () => true },
  'claiming the message': { part: 'records', method: 'setClaim', applies: (_id: string, { state }: Claim) => state === 'sending' },
  'sending the message': { part: 'integration', method: 'send', applies: (_request: SendRequest) => true },
  'noting that it was sent': { part: 'records', method: 'setClaim', applies: (_id: string, { state }: Claim) => state === 'sent' },
  'reporting that it was sent': { part: 'intake', method: 'add', applies: (event: EngineEvent) => event.kind === 'delivery' },
  'committing the report': { part: 'store', method: 'commit', applies: (commit: Commit) => delivered(commit).some(({ sentVersion }) => sentVersion > 0) },
} as const satisfies Record<string, KillPoint>;

/** The name of a step. */
export type KillPointName = keyof typeof KILL_POINTS;

/** When within the step: before anything of it is done, or once it is done and nobody has been told. */
export type KillMoment = 'before' | 'after';

/** A `decorate` under which the process kills itself, as `kill -9` would, the first time it comes to the step. */
export function killingAt(name: KillPointName, moment: KillMoment): Decorate {
  const point: KillPoint = KILL_POINTS[name];
  return (part, target) => {
    if (part !== point.part) return target;
    return new Proxy(target, {
      get(_target, key) {
        const member: unknown = Reflect.get(target, key, target);
        if (typeof member !== 'function') return member;
        if (key !== point.method) return member.bind(target) as unknown;
        return async (...args: never[]) => {
          if (!point.applies(...args)) return (await member.apply(target, args)) as unknown;
          if (moment === 'after') await member.apply(target, args);
          process.kill(process.pid, 'SIGKILL');
          return new Promise(() => undefined);
        };
      },
    });
  };
}
