import { describe, expect, it, vi } from 'vitest';
import { followReloads, type ReloadMark } from '../../../src/config/follow-reloads.ts';
import { liveConfig, type Reloaded } from '../../../src/config/live-config.ts';
import { type ConfigResult, parseConfig } from '../../../src/config/parse-config.ts';

const parsed = (text: string, token = ''): ConfigResult => parseConfig({ text, file: 'w.yaml', env: {}, readFile: () => token });

function configOf(text: string, token?: string) {
  const result = parsed(text, token);
  if ('faults' in result) throw new Error(result.faults[0]?.message);
  return result.config;
}

const OLD = 'route: {receiver: a}\nreceivers: [{name: a}]\n';
const NEW = 'route: {receiver: b}\nreceivers: [{name: b}]\n';

describe('a configuration that is read again', () => {
  const initial = configOf(OLD);
  const reloadedTo = (text: string, objection: () => string | null = () => null) => {
    const live = liveConfig({ initial, load: () => parsed(text), objection });
    return { reloaded: live.reload(), inForce: live.current() };
  };

  it('comes into force', () => {
    const { reloaded, inForce } = reloadedTo(NEW);
    expect(reloaded).toMatchObject({ ok: true, changed: true, before: initial.hash });
    expect(inForce.routes.receiver).toBe('b');
  });

  it('that is the same stays the very same', () => {
    const { reloaded, inForce } = reloadedTo(OLD);
    expect(reloaded).toMatchObject({ ok: true, changed: false });
    expect(inForce).toBe(initial);
  });

  it('that is wrong, or objected to, leaves the old one in force', () => {
    const wrong = reloadedTo('route: {receiver: c}\nreceivers: [{name: b}]\n');
    expect(wrong.reloaded).toMatchObject({ ok: false, faults: [{ file: 'w.yaml', line: 1, column: 19 }] });
    expect(wrong.inForce).toBe(initial);
    const exposed = reloadedTo(NEW, () => 'everybody could act');
    expect(exposed.reloaded).toMatchObject({ ok: false, faults: [{ message: 'everybody could act' }] });
    expect(exposed.inForce).toBe(initial);
  });

  it('is another one when only a file of a secret is', () => {
    const text = `${OLD}api: {tokens: [{name: t, role: admin, token_file: k}]}\n`;
    expect(configOf(text, '0123456789abcdef').hash).not.toBe(configOf(text, '0123456789abcdee').hash);
    expect(configOf(text, '0123456789abcdef').hash).toBe(configOf(text, '0123456789abcdef').hash);
  });
});

describe('a process that follows reloads', () => {
  const log = () => {
    const lines: string[] = [];
    const write = (_: object, message: string) => void lines.push(message);
    return { lines, info: write, warn: write };
  };
  const ok = (after: string): Reloaded => ({ ok: true, changed: true, before: 'x', after, warnings: [] });
  const until = (condition: () => boolean) => vi.waitUntil(condition, { interval: 1 });

  it('passes over the mark that is there when it starts, and follows the next, until its file is the one told of', async () => {
    let mark: ReloadMark | null = { id: '1', hash: 'old' };
    let read = 0;
    let looked = 0;
    const follower = followReloads({
      readMark: async () => {
        looked += 1;
        return mark;
      },
      reload: () => {
        read += 1;
        return ok(read === 1 ? 'stale' : 'new');
      },
      log: log(),
      looking: 1,
    });
    await until(() => looked > 3);
    expect(read).toBe(0);
    mark = { id: '2', hash: 'new' };
    const before = looked;
    await until(() => looked > before + 6);
    follower.stop();
    expect(read).toBe(2);
  });

  it('does not follow itself, and waits while the mark cannot be read', async () => {
    let looked = 0;
    let read = 0;
    const follower = followReloads({
      readMark: async () => {
        looked += 1;
        if (looked < 3) throw new Error('away');
        return looked < 6 ? null : { id: '7', hash: 'h' };
      },
      reload: () => {
        read += 1;
        return ok('h');
      },
      log: log(),
      looking: 1,
    });
    await until(() => looked === 4);
    follower.seen('7');
    await until(() => looked > 9);
    follower.stop();
    expect(read).toBe(0);
  });

  it('says so when its file stays another one', async () => {
    let looked = 0;
    const said = log();
    const follower = followReloads({
      readMark: async () => {
        looked += 1;
        return looked === 1 ? null : { id: '1', hash: 'new' };
      },
      reload: () => ok('other'),
      log: said,
      looking: 1,
    });
    await until(() => said.lines.length > 0);
    follower.stop();
    expect(said.lines).toEqual(['another process has read another configuration than this one has']);
  });
});
