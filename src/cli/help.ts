// What the command line says of itself.

/** Where commands find the service, and who they are there. */
const SERVICE = `  --url URL        the service; else WINNOW_URL, else where WINNOW_LISTEN says, else http://127.0.0.1:9095
  --token TOKEN    a token of api.tokens; best given as WINNOW_TOKEN, as other users may see command lines`;

const COMMANDS: ReadonlyMap<string, { readonly line: string; readonly usage: string }> = new Map([
  [
    'serve',
    {
      line: 'runs the service',
      usage: `winnow serve [--config FILE] [--listen HOST:PORT]

Runs the service until SIGTERM or SIGINT.

  --config FILE       the configuration; else WINNOW_CONFIG, else the defaults
  --listen HOST:PORT  where to listen; else WINNOW_LISTEN, else 127.0.0.1:9095

Environment: WINNOW_CONFIG, WINNOW_LISTEN, REDIS_URL, WINNOW_DATA_DIR, WINNOW_LOG_LEVEL.
Exit status: 0 after a signal, 1 when it cannot start (the reason is on standard error).
`,
    },
  ],
  [
    'check-config',
    {
      line: 'checks a configuration file',
      usage: `winnow check-config FILE

Prints one line for each fault, FILE:LINE:COLUMN: what is wrong, and what is allowed.
Exit status: 0 when the file is valid, 1 when it is not.
`,
    },
  ],
  [
    'routes test',
    {
      line: 'the receivers that an alert reaches',
      usage: `winnow routes test --config FILE LABEL=VALUE...

Prints the receivers that an alert with these labels reaches, separated by commas.
Exit status: 0, 1 when the configuration is not valid, 2 when a label is not of the form LABEL=VALUE.
`,
    },
  ],
  ...(
    [
      [
        'list',
        'the incidents that are not over',
        '[--all] [--json]',
        'Prints the incidents that are not over, newest first; with --all the latest 100, whatever became of them.',
      ],
      ['show', 'one incident with its timeline', '[--json] ID...', 'Prints incidents with their likely causes, alerts and timelines.'],
      [
        'ack',
        'acknowledges incidents',
        '[--by NAME] [--comment TEXT] [--json] ID...',
        'Says that somebody has the incidents in hand: --by, else USER. With a token its name counts.',
      ],
    ] as const
  ).map(
    ([verb, line, takes, does]) =>
      [
        `incidents ${verb}`,
        {
          line,
          usage: `winnow incidents ${verb} [--url URL] [--token TOKEN] ${takes}

${does}

${SERVICE}

Exit status: 0, 1 when the service refuses or cannot be reached, 2 when misused.
`,
        },
      ] as const,
  ),
  [
    'template render',
    {
      line: 'what a receiver would be told of a webhook',
      usage: `winnow template render --config FILE --receiver R WEBHOOK.json

Runs a webhook of Alertmanager or Grafana through the engine and prints the messages that the receiver would
be told, its template applied. - is standard input.
Exit status: 0, 1 when the configuration, the receiver or the webhook is not usable, 2 when misused.
`,
    },
  ],
  [
    'notify test',
    {
      line: 'sends a receiver a test',
      usage: `winnow notify test --config FILE --receiver R

Sends each place of the receiver a message that says it is a test, prints what was answered, and closes again
what it opened, such as an incident of PagerDuty.
Exit status: 0 when all took it, 1 when one did not or the configuration is not usable, 2 when misused.
`,
    },
  ],
  [
    'replay',
    {
      line: 'runs recorded webhooks on a virtual clock',
      usage: `winnow replay [--config FILE] [--format json|table] EVENTS.ndjson

Runs recorded webhooks through the same engine as the service, without Redis or network.
EVENTS.ndjson may be gzipped; - is standard input. Without --config the defaults hold.

  --format json   one document: incidents, suppressions, notifications, ledger
  --format table  for people (the default)

Lines that cannot be read are named on standard error and left out.
Exit status: 0, 1 when the configuration or the file is not usable, 2 when misused.
`,
    },
  ],
  [
    'diff',
    {
      line: 'what another configuration would change',
      usage: `winnow diff --before FILE --after FILE [--format json|table] EVENTS.ndjson

Replays EVENTS.ndjson under both configurations and reports the pages removed and added, each with
its reason, first notifications that come sooner or later, incidents split or merged, and incidents
that would no longer be notified. EVENTS.ndjson may be gzipped; - is standard input. A page is a new
message through PagerDuty or, where neither configuration has PagerDuty, one of severity critical.

  --format json   one document (the default, unless in a terminal)
  --format table  for people (the default in a terminal)

Exit status: 0; 2 when an incident that a person acknowledged or resolved (action lines) would no
longer be told of by a message of its own; 1 for any error, misuse too.
`,
    },
  ],
  [
    'suggest',
    {
      line: 'rules worth adding to suppression.rules, with their effect',
      usage: `winnow suggest [--config FILE] EVENTS.ndjson

Looks for alert rules that always cleared by themselves and that nobody acted on, replays
EVENTS.ndjson (gzipped or not) with a digest or a hold for each, and prints those that save messages
as YAML for suppression.rules: at most 8, best first, the evidence and the replayed effect as
comments. It never suggests to suppress, and nothing that would keep from people an incident that
one of them acknowledged or resolved (action lines). Without --config the defaults hold.

Exit status: 0, also without a suggestion; 1 when the configuration or the file is not usable; 2
when misused.
`,
    },
  ],
  [
    'learn',
    {
      line: 'gives an instance what is to be learned from history',
      usage: `winnow learn [--config FILE] [--url URL] [--token TOKEN] EVENTS.ndjson

Runs EVENTS.ndjson (gzipped or not; - is standard input) through the engine and gives a running
service what is learned from it: how often alerts and rules fire, how long they last, at which hours,
and which follow which. No alert, incident or message comes of it.

What the service has seen itself stays: history is added where nothing is known of an alert, a rule,
a sender or a pair of these. So it is best done before the first alerts come, and doing it again
changes nothing. --config is the configuration of the service; without it the defaults hold.

${SERVICE}

Exit status: 0; 1 when the configuration or the file is not usable, or the service does not take it;
2 when misused.
`,
    },
  ],
  [
    'export',
    {
      line: 'writes what an instance took in, for replay, diff and suggest',
      usage: `winnow export [--since TIME|DURATION] [--until TIME|DURATION] > events.ndjson

Writes the webhooks, changes, actions, silences, topologies and reloads that the service took in, as
it decided them.
Times are in RFC 3339 or days (2026-03-01, in UTC); a duration such as 7d is so long ago.

  --since  the first of it; all that is kept by default (retention.webhooks: 7d)
  --until  the last of it; now by default

Reads REDIS_URL, or else the Redis of WINNOW_DATA_DIR (./data), whether the service runs or not.
Exit status: 0, 1 when Redis cannot be read, 2 when misused.
`,
    },
  ],
  [
    'silence add',
    {
      line: 'keeps alerts from being told for a time',
      usage: `winnow silence add --comment TEXT [--by NAME] [--duration 1h] [--start TIME] [--url URL] [--token TOKEN] MATCHER...

Makes a silence in a running service and prints its id. MATCHER is one such as service="ranker" or
node=~"gpu-.*"; an alert has to match all of them.

  --comment TEXT   why; needed
  --by NAME        who; else USER
  --duration LONG  for how long, such as 30m or 1d12h; else 1h
  --start TIME     from when, such as 2026-03-01T22:00:00Z; else now
${SERVICE}

Exit status: 0, 1 when the service refuses or cannot be reached, 2 when misused.
`,
    },
  ],
  [
    'silence list',
    {
      line: 'silences in force and to come',
      usage: `winnow silence list [--expired] [--url URL] [--token TOKEN]

Prints a line for each silence: id, state, time, matchers, who and why. With --expired those of the
last five days that are over too. --url and --token as in silence add.
Exit status: 0, 1 when the service refuses or cannot be reached, 2 when misused.
`,
    },
  ],
  [
    'silence expire',
    {
      line: 'ends silences now',
      usage: `winnow silence expire [--by NAME] [--url URL] [--token TOKEN] ID...

Ends silences; alerts of theirs that fire still are told. --url and --token as in silence add.
Exit status: 0, 1 when the service refuses or cannot be reached, 2 when misused.
`,
    },
  ],
]);

/** The overview of all commands. */
export const HELP = `winnow COMMAND

${listed([...COMMANDS])}
winnow COMMAND --help says more of each, winnow --version which one this is.
`;

/** How a command is used, or null when there is none of that name. */
export function usageOf(command: string): string | null {
  const found = COMMANDS.get(command);
  return found === undefined ? null : `usage: ${found.usage}`;
}

/** What the commands are that begin with a word, such as `silence`, or null when they are not several. */
export function overviewOf(word: string): string | null {
  const commands = [...COMMANDS].filter(([name]) => name.startsWith(`${word} `));
  if (commands.length < 2) return null;
  return `usage: winnow ${word} COMMAND

${listed(commands.map(([name, command]) => [name.slice(word.length + 1), command]))}
winnow ${word} COMMAND --help says more of each; without a COMMAND it is list.
`;
}

function listed(commands: readonly (readonly [name: string, { readonly line: string }])[]): string {
  const widest = Math.max(...commands.map(([{ length }]) => length));
  return commands.map(([name, { line }]) => `  ${name.padEnd(widest)}  ${line}\n`).join('');
}
