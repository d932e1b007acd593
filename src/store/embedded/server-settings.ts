// Decides how the embedded redis-server is set: durable to the last acknowledged command, never evicting.

const MEBIBYTE = 1024 * 1024;

/** What differs from one embedded server to the next. */
export interface ServerSettings {
  readonly socketPath: string;
  /** The directory of the append-only file. */
  readonly directory: string;
  readonly maxMemoryBytes: number;
}

/** The settings that a running server can be given as well, for one that is taken over: name to value. */
export function durabilitySettings(maxMemoryBytes: number): ReadonlyMap<string, string> {
  return new Map([
    ['appendonly', 'yes'],
    ['appendfsync', 'always'],
    ['save', ''],
    ['maxmemory', String(maxMemoryBytes)],
    ['maxmemory-policy', 'noeviction'],
    // Timelines say much the same again and again; all but their ends stand compressed in memory.
    ['list-compress-depth', '1'],
  ]);
}

/** The command line of redis-server: no TCP port, and only this user can open the socket. */
export function serverArguments({ socketPath, directory, maxMemoryBytes }: ServerSettings): readonly string[] {
  const settings: readonly (readonly [string, string])[] = [
    ['port', '0'],
    ['unixsocket', socketPath],
    ['unixsocketperm', '700'],
    ['dir', directory],
    ['daemonize', 'no'],
    ...durabilitySettings(maxMemoryBytes),
  ];
  return settings.flatMap(([name, value]) => [`--${name}`, value]);
}

/**
 * How much memory the embedded server may use, in bytes: half of what the machine or, where it sets
 * a lower limit, the container has; at least 256 MiB. A limit of 0 or undefined is none.
 */
export function defaultMaxMemory(machineBytes: number, containerLimitBytes: number | undefined): number {
  const limit = containerLimitBytes === undefined || containerLimitBytes === 0 ? machineBytes : Math.min(machineBytes, containerLimitBytes);
  return Math.max(256 * MEBIBYTE, Math.floor(limit / 2));
}
