// `winnow silence add|list|expire`: silences over REST.

import { parseDuration } from '../../config/duration.ts';
import { formatMatchers } from '../../model/matcher.ts';
import type { SilenceDocument } from '../../model/silence-document.ts';
import { formatInstant, type Instant, parseTimestamp } from '../../model/time.ts';
import { printable } from '../printable.ts';
import { askService, type ServiceAddress, ServiceRefusal } from '../service-client.ts';

/** What each of the commands is run with. */
export interface SilenceCommand {
  readonly service: ServiceAddress;
  /** The wall clock. */
  readonly now: Instant;
  /** Take a line each, without its line break. */
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** A silence to be made. */
export interface SilenceToAdd {
  /** Such as `service="ranker"`; at least one. */
  readonly matchers: readonly string[];
  readonly by: string;
  readonly comment: string;
  /** Such as `2h`. */
  readonly duration: string;
  /** RFC 3339; null for now. */
  readonly start: string | null;
}

/** Makes a silence and prints its id, and how many alerts that fire it matches. Exit status 0; 1 when the service refuses, 2 for a wrong time. */
export function addSilence(command: SilenceCommand, { matchers, by, comment, duration, start }: SilenceToAdd): Promise<number> {
  const length = parseDuration(duration);
  const startsAt = start === null ? command.now : parseTimestamp(start)?.ms;
  if (length === null || length === 0 || startsAt === undefined) {
    command.err(length === null || length === 0 ? '--duration takes a length such as 30m, 2h or 1d12h' : '--start takes a time such as 2026-03-01T10:00:00Z');
    return Promise.resolve(2);
  }
  return answering(command, async () => {
    const body = { matchers, createdBy: by, comment, startsAt: formatInstant(startsAt), endsAt: formatInstant(startsAt + length) };
    const { id } = await askService<SilenceDocument>(command.service, '/api/v1/silences', { method: 'POST', body });
    const { matching } = await askService<SilenceDocument>(command.service, `/api/v1/silences/${id}`);
    command.out(id);
    command.err(`it matches ${matching?.count === 1 ? '1 alert that fires' : `${matching?.count ?? 0} alerts that fire`}`);
  });
}

/** Prints the silences that are in force or to come, with `expired` those that are over too. Exit status 0; 1 when the service refuses. */
export function listSilences(command: SilenceCommand, expired: boolean): Promise<number> {
  return answering(command, async () => {
    for (let cursor: string | null = ''; cursor !== null; ) {
      const states = expired ? '' : '&state=active&state=pending';
      const page: Page = await askService<Page>(
        command.service,
        `/api/v1/silences?limit=500${states}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      for (const silence of page.items) command.out(lineOf(silence));
      cursor = page.nextCursor;
    }
  });
}

interface Page {
  readonly items: readonly SilenceDocument[];
  readonly nextCursor: string | null;
}

/** Ends silences and prints nothing. Exit status 0; 1 when the service refuses one, after which the others are not tried. */
export function expireSilences(command: SilenceCommand, ids: readonly string[], by: string): Promise<number> {
  return answering(command, async () => {
    for (const id of ids) await askService(command.service, `/api/v1/silences/${encodeURIComponent(id)}?by=${encodeURIComponent(by)}`, { method: 'DELETE' });
  });
}

function lineOf({ id, status, matchers, startsAt, endsAt, createdBy, comment }: SilenceDocument): string {
  const written = matchers.map(({ name, value, isRegex, isEqual = true }) => ({
    name,
    value,
    operator: isEqual ? (isRegex ? ('=~' as const) : ('=' as const)) : isRegex ? ('!~' as const) : ('!=' as const),
  }));
  const when = status.state === 'pending' ? `from ${startsAt} to ${endsAt}` : `until ${endsAt}`;
  return printable(`${id}  ${status.state.padEnd(7)}  ${when}  ${formatMatchers(written)}  ${createdBy}: ${comment}`, 2000);
}

async function answering({ err }: SilenceCommand, ask: () => Promise<void>): Promise<number> {
  try {
    await ask();
    return 0;
  } catch (error) {
    if (!(error instanceof ServiceRefusal)) throw error;
    err(`winnow silence: ${error.message}`);
    return 1;
  }
}
