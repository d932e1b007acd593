// `winnow suggest`: finds rules worth adding in a recording, and replays it with each.

import type { Readable, Writable } from 'node:stream';
import { formatFault } from '../../config/fault-line.ts';
import { defaultConfig, loadConfig } from '../../config/load-config.ts';
import type { Policy } from '../../correlate/policy.ts';
import { homeOf, type IsPage, type Outcome, pagesOf } from '../diff/outcome.ts';
import { hasPagerDuty, WatchedReplay } from '../diff/watched-replay.ts';
import type { ProgressStream } from '../progress.ts';
import type { Archive } from '../replay/archive.ts';
import { play, type Recorded, UnusableRecording } from '../replay/play.ts';
import { writeAll } from '../write-all.ts';
import { type Candidate, candidates } from './candidates.ts';
import { Episodes } from './episodes.ts';
import { suggestedYaml } from './report.ts';
import { effectOf, policyWith, worthwhile } from './suggestion.ts';

/** How many candidates are replayed, all at once, and how many of them are suggested. */
const MOST_TRIED = 12;
const MOST_SUGGESTED = 8;

/** What the command is asked and given. */
export interface SuggestCommand {
  readonly configFile: string | null;
  /** A file of recorded events; it is read three times. */
  readonly events: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: ProgressStream;
}

/** Runs the command; answers its exit status: 0, also when there is nothing to suggest, or 1 when the configuration or the file is not usable. */
export async function suggestCommand(command: SuggestCommand): Promise<number> {
  const { stdout, stderr } = command;
  const loaded = command.configFile === null ? { config: defaultConfig() } : loadConfig({ file: command.configFile, env: command.env });
  if ('faults' in loaded) {
    for (const fault of loaded.faults) stderr.write(`${formatFault(fault)}\n`);
    return 1;
  }
  const { config } = loaded;
  const { policy } = config;
  const isPage = pagesOf(hasPagerDuty(config));
  try {
    const { before, found } = await look(command, policy, isPage);
    const outcomes = await tryOut(
      command,
      found.map((candidate) => policyWith(policy, [candidate])),
      isPage,
    );
    const tried = found.flatMap((candidate, i) => {
      const after = outcomes[i];
      return after === undefined ? [] : [{ candidate, effect: effectOf(before, after) }];
    });
    const suggestions = worthwhile(tried, MOST_SUGGESTED);
    const together =
      suggestions.length < 2
        ? []
        : await tryOut(
            command,
            [
              policyWith(
                policy,
                suggestions.map(({ candidate }) => candidate),
              ),
            ],
            isPage,
          );
    const all = together[0] === undefined ? suggestions[0]?.effect : effectOf(before, together[0]);
    await writeAll(stdout, suggestedYaml(suggestions, before, all ?? effectOf(before, before)));
  } catch (error) {
    if (!(error instanceof UnusableRecording)) throw error;
    stderr.write(`winnow suggest: ${error.message}\n`);
    return 1;
  }
  return 0;
}

/** The first pass: what the recording comes to as it is, and what is worth trying. */
async function look(recorded: Recorded, policy: Policy, isPage: IsPage): Promise<{ readonly before: Outcome; readonly found: readonly Candidate[] }> {
  const run = new WatchedReplay(policy);
  const episodes = new Episodes(policy.severities);
  await play(recorded, (event) => {
    if (event.kind === 'webhook') episodes.take(event);
    return run.event(event);
  });
  const before = run.finish(isPage);
  const acted = new Set([...before.incidents.values()].filter((incident) => incident.acted).flatMap(({ alerts }) => alerts.map((alert) => alert.fingerprint)));
  return { before, found: candidates(episodes.facts(), { acted, messages: messagesByRule(run.archive), most: MOST_TRIED }) };
}

/** A further pass: the same under other policies, all at once. */
async function tryOut(recorded: Recorded, policies: readonly Policy[], isPage: IsPage): Promise<readonly Outcome[]> {
  if (policies.length === 0) return [];
  const runs = policies.map((policy) => new WatchedReplay(policy));
  await play(
    recorded,
    (event) => {
      for (const run of runs) run.event(event);
      return null;
    },
    true,
  );
  return runs.map((run) => run.finish(isPage));
}

/** The messages about incidents that have alerts of one rule only, by that rule. */
function messagesByRule(archive: Archive): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { incidentId } of archive.notifications) {
    if (incidentId === null) continue;
    const [rule, ...others] = new Set([...(archive.members.get(homeOf(archive, incidentId))?.values() ?? [])].map((member) => member.rule));
    if (rule !== undefined && others.length === 0) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
}
