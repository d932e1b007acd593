// What the command line says of itself.

const COMMANDS: ReadonlyMap<string, { readonly line: string; readonly usage: string }> = new Map([
  [
    'serve',
    {
      line: 'serve           runs the service',
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
      line: 'check-config    checks a configuration file',
      usage: `winnow check-config FILE

Prints one line for each fault, FILE:LINE:COLUMN: what is wrong, and what is allowed.
Exit status: 0 when the file is valid, 1 when it is not.
`,
    },
  ],
  [
    'routes test',
    {
      line: 'routes test     the receivers that an alert reaches',
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
        'Says that somebody has the incidents in hand. With a token its name counts, not --by.',
      ],
    ] as const
  ).map(
    ([verb, line, takes, does]) =>
      [
        `incidents ${verb}`,
        {
          line: `${`incidents ${verb}`.padEnd(16)}${line}`,
          usage: `winnow incidents ${verb} [--url URL] ${takes}

${does}

  --url URL  the service; else WINNOW_URL, else http://127.0.0.1:9095

Environment: WINNOW_URL, WINNOW_TOKEN (a token of api.tokens).
Exit status: 0, 1 when the service refuses or cannot be reached, 2 when misused.
`,
        },
      ] as const,
  ),
  [
    'replay',
    {
      line: 'replay          runs recorded webhooks on a virtual clock',
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
]);

/** The overview of all commands. */
export const HELP = `winnow COMMAND

${[...COMMANDS.values()].map(({ line }) => `  ${line}\n`).join('')}
winnow COMMAND --help says more of each.
`;

/** How a command is used, or null when there is none of that name. */
export function usageOf(command: string): string | null {
  const found = COMMANDS.get(command);
  return found === undefined ? null : `usage: ${found.usage}`;
}
