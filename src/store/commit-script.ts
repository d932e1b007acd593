// One atomic commit: checks who writes and from which version, then runs the writes.

import type { Redis } from 'ioredis';

/**
 * KEYS[1] is the shard's meta hash, the others are what is written. ARGV is the fence, the version
 * that is expected, and the writes one after the other: command, index into KEYS, number of
 * arguments, arguments. The command MOVE is our own: it takes a member from the hash that the index
 * names to the one of its first argument, with why it joined, or with the third argument where no reason is kept.
 */
const SCRIPT = `
local held = redis.call('HMGET', KEYS[1], 'fence', 'version')
if held[1] ~= ARGV[1] then return 'fence' end
if (held[2] or '0') ~= ARGV[2] then return 'version' end
local i, n = 3, #ARGV
while i <= n do
  local count = tonumber(ARGV[i + 2])
  local key = KEYS[tonumber(ARGV[i + 1])]
  if ARGV[i] == 'MOVE' then
    local to, member = KEYS[tonumber(ARGV[i + 3])], ARGV[i + 4]
    local why = redis.call('HGET', key, member .. '+') or ARGV[i + 5]
    redis.call('HDEL', key, member, member .. '+')
    if why ~= '' then redis.call('HSET', to, member .. '+', why) end
  else
    redis.call(ARGV[i], key, unpack(ARGV, i + 3, i + 2 + count))
  end
  i = i + 3 + count
end
redis.call('HINCRBY', KEYS[1], 'version', 1)
return 'ok'
`;

/** Arguments of one Redis command inside the script; Lua unpacks some thousands at most. */
const MOST_ARGUMENTS = 2000;

/** Gathers the writes of a commit. */
export class CommitWrites {
  readonly #keys = new Map<string, number>();
  readonly #arguments: (string | number | Buffer)[] = [];

  /** Adds a command; `group` arguments belong together when a long list is cut into several commands. */
  add(command: string, key: string, values: readonly (string | number | Buffer)[], group = 1): void {
    const most = MOST_ARGUMENTS - (MOST_ARGUMENTS % group);
    for (let i = 0; i < values.length; i += most) {
      const part = values.slice(i, i + most);
      this.#arguments.push(command, this.#indexOf(key), part.length, ...part);
    }
  }

  /** Adds the move of a member's reason from one hash to another; `why` takes its place where it has none, unless it is empty. */
  move(from: string, to: string, member: string, why: string): void {
    this.#arguments.push('MOVE', this.#indexOf(from), 3, this.#indexOf(to), member, why);
  }

  /** Runs them; answers `ok`, or which check refused them. */
  async run(redis: Redis, meta: string, check: { readonly fence: number; readonly version: number }): Promise<'ok' | 'fence' | 'version'> {
    const keys = [meta, ...this.#keys.keys()];
    return (await redis.eval(SCRIPT, keys.length, ...keys, check.fence, check.version, ...this.#arguments)) as 'ok' | 'fence' | 'version';
  }

  #indexOf(key: string): number {
    const known = this.#keys.get(key);
    if (known !== undefined) return known;
    const index = this.#keys.size + 2;
    this.#keys.set(key, index);
    return index;
  }
}
