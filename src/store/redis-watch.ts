// Watches Redis: whether it can take alerts in, and whether it keeps them.

import type { Redis } from 'ioredis';
import { type Milliseconds, SECOND } from '../model/time.ts';

/** From this share of `maxmemory` on no alerts are taken in; the rest is kept for commits. */
const FULL = 0.8;
/** How often Redis is looked at. */
const INTERVAL: Milliseconds = SECOND;

/** What is known of Redis. */
export interface RedisWatch {
  /** Why nothing can be written now; null when it can. */
  unreachable(): string | null;
  /** Why no more alerts are to be taken in; null when there is room. */
  full(): string | null;
  /** Settings that are weaker than durability asks for, one sentence each that names the setting. */
  weaknesses(): readonly string[];
  stop(): void;
}

/** Watches through a connection that fails fast. `onWeakness` is told of each weakness once. */
export function watchRedis(redis: Redis, onWeakness: (weakness: string) => void): RedisWatch {
  let used: number | null = null;
  let weaknesses: readonly string[] = [];
  const look = async () => {
    used = memoryShare(await redis.info('memory'));
    const settings = await readSettings(redis);
    if (settings === null) return;
    const found = weaknessesOf(settings);
    for (const weakness of found) if (!weaknesses.includes(weakness)) onWeakness(weakness);
    weaknesses = found;
  };
  const timer = setInterval(() => void look().catch(() => undefined), INTERVAL);
  void look().catch(() => undefined);
  return {
    unreachable: () => (redis.status === 'ready' ? null : 'Redis cannot be reached'),
    full() {
      return used !== null && used >= FULL ? `Redis has used ${Math.round(used * 100)} % of its memory` : null;
    },
    weaknesses: () => weaknesses,
    stop: () => clearInterval(timer),
  };
}

/** The share of `maxmemory` in use, from `INFO memory`; null when there is no limit. */
export function memoryShare(info: string): number | null {
  const read = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
  const most = read('maxmemory');
  return most === 0 ? null : read('used_memory') / most;
}

async function readSettings(redis: Redis): Promise<ReadonlyMap<string, string> | null> {
  try {
    const answer = await redis.config('GET', 'append*', 'maxmemory-policy');
    const settings = new Map<string, string>();
    for (let i = 0; i + 1 < answer.length; i += 2) settings.set(answer[i] ?? '', answer[i + 1] ?? '');
    return settings;
  } catch (error) {
    // Managed services refuse CONFIG; then nothing is known.
    if (error instanceof Error && /unknown command|NOPERM/i.test(error.message)) return new Map([['unknown', error.message]]);
    return null;
  }
}

/** Names what is weaker than it should be in Redis's settings. */
export function weaknessesOf(settings: ReadonlyMap<string, string>): readonly string[] {
  if (settings.has('unknown'))
    return ['Redis does not show its settings (CONFIG GET is refused): make sure of appendonly yes, appendfsync always and maxmemory-policy noeviction'];
  const found: string[] = [];
  if (settings.get('appendonly') !== 'yes') found.push('Redis has appendonly no: accepted alerts are lost when it stops; set appendonly yes');
  else if (settings.get('appendfsync') !== 'always')
    found.push(
      `Redis has appendfsync ${settings.get('appendfsync')}: accepted alerts of the last seconds can be lost when it is killed; set appendfsync always`,
    );
  const policy = settings.get('maxmemory-policy');
  if (policy !== 'noeviction') found.push(`Redis has maxmemory-policy ${policy}: it may throw alerts and incidents away; set maxmemory-policy noeviction`);
  return found;
}
