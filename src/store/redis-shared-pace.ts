// The pace of an app in all processes of a service: one script decides by Redis's clock whether a message may go now.

import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { SharedPace } from '../notify/turns.ts';

/**
 * KEYS: until when the app is left alone; when the next message may be posted in the channel; when the edits made so far
 * would have ended had they been spread evenly. ARGV: `needed`, `if-free` or `no`; whether it edits; whether the edit
 * waits for others; between two posts; between two edits; how many of these may come at once. Answers how long each of
 * the three is to be waited for, 0 all of them when the message may go, and whether it may post.
 */
const RESERVE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function left(key) return math.max(0, math.ceil(tonumber(redis.call('GET', key) or '0') - now)) end
local paused, posted, edited = left(KEYS[1]), left(KEYS[2]), left(KEYS[3])
local room = (tonumber(ARGV[6]) - 1) * ARGV[5]
local waits = { paused, ARGV[1] == 'needed' and posted or 0, ARGV[2] == '1' and ARGV[3] == '1' and math.max(0, math.ceil(edited - room)) or 0 }
if waits[1] + waits[2] + waits[3] > 0 then return { waits[1], waits[2], waits[3], 0 } end
local posts = ARGV[1] == 'needed' or (ARGV[1] == 'if-free' and posted == 0)
if posts then redis.call('SET', KEYS[2], string.format('%.0f', now + ARGV[4]), 'PX', ARGV[4]) end
if ARGV[2] == '1' then
  local ends = edited + tonumber(ARGV[5])
  redis.call('SET', KEYS[3], string.format('%.0f', now + ends), 'PX', string.format('%.0f', math.ceil(ends)))
end
return { 0, 0, 0, posts and 1 or 0 }`;

/** KEYS: until when the app is left alone. ARGV: for how long. It is never made shorter. */
const PAUSE = `
local left = redis.call('PTTL', KEYS[1])
if left >= tonumber(ARGV[1]) then return 0 end
local time = redis.call('TIME')
redis.call('SET', KEYS[1], string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1]), 'PX', ARGV[1])
return 1`;

/** Makes it. Names of apps hold secrets, so that keys are hashes of them. Both functions reject when Redis cannot be asked. */
export function createSharedPace(redis: Redis, prefix: string): SharedPace {
  const keyOf = (what: string, ...names: readonly string[]) => `${prefix}${what}:${createHash('sha256').update(JSON.stringify(names)).digest('base64url')}`;
  return {
    async reserve({ app, channel, post, edit, waits, betweenPosts, betweenEdits, editsInARow }) {
      const keys = [keyOf('pause', app), keyOf('post', app, channel), keyOf('edits', app)];
      const args = [post, edit ? '1' : '0', waits ? '1' : '0', betweenPosts, betweenEdits, editsInARow];
      const [paused = 0, posted = 0, edited = 0, posts] = (await redis.eval(RESERVE, 3, ...keys, ...args)) as number[];
      return { paused, posted, edited, post: posts === 1 };
    },
    async pause(app, wait) {
      await redis.eval(PAUSE, 1, keyOf('pause', app), Math.max(1, Math.ceil(wait)));
    },
  };
}
