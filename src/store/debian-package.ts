// Decides where a program that is no npm package comes from: the PATH, else Debian's own package,
// downloaded by apt-get (which checks its signature) and unpacked without root into a cache folder.

import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How long one run of apt-get or dpkg-deb may take, in milliseconds. */
const COMMAND_TIMEOUT = 5 * 60 * 1000;

/** A program that can be run. */
export interface Program {
  /** Its absolute path. */
  readonly path: string;
  /** The whole environment to run it in, its libraries' place included; nothing else of this process's environment is in it. */
  readonly env: Readonly<Record<string, string>>;
}

/** What is looked for, and where it may be put. */
export interface ProgramRequest {
  /** The name of the executable, such as `redis-server`. */
  readonly name: string;
  /** The Debian packages that bring it; libraries that are missing on this machine come by themselves. */
  readonly packages: readonly string[];
  /** The folder that unpacked packages are kept in; made when it is missing. */
  readonly cacheDir: string;
  /** Told one line before something is downloaded. */
  readonly log: (line: string) => void;
  /** The directories to look in, as in the variable PATH, which is the default. */
  readonly searchPath?: string;
}

/**
 * Finds a program on the PATH, in the cache folder or, on a machine with apt-get, in Debian's packages.
 * Several processes may ask for the same one at once. Rejects with an error of one line that says what to install.
 */
export async function findProgram(request: ProgramRequest): Promise<Program> {
  const { name, packages, log } = request;
  const onPath = await firstExecutable((request.searchPath ?? process.env['PATH'] ?? '').split(delimiter), name);
  if (onPath !== null) return { path: onPath, env: environment([]) };

  const cacheDir = resolve(request.cacheDir);
  const home = join(cacheDir, packages.join('+'));
  const cached = await programIn(home, name);
  if (cached !== null) return cached;

  log(`${name} is not installed: unpacking Debian's package ${packages.join(', ')} into ${cacheDir}`);
  try {
    await mkdir(cacheDir, { recursive: true });
    const unpacked = await mkdtemp(join(cacheDir, 'unpacking-'));
    try {
      await unpack(packages, unpacked, cacheDir);
      const program = await programIn(unpacked, name);
      if (program === null) throw new Error(`the package holds no program ${name}`);
      await run(program.path, ['--version'], { env: program.env, timeout: COMMAND_TIMEOUT });
      await publish(unpacked, home);
    } finally {
      await rm(unpacked, { recursive: true, force: true });
    }
  } catch (error) {
    throw new Error(`${name} is missing: install it with "apt-get install ${packages.join(' ')}", or put it on the PATH (${reasonOf(error)})`);
  }
  const program = await programIn(home, name);
  if (program === null) throw new Error(`${name} is missing: ${home} does not hold it; remove that folder and try again`);
  return program;
}

/**
 * Reads from a simulated `apt-get install` which packages this machine lacks. Upgrades of what it has
 * are left alone, and so are packages for every architecture, as these hold no library.
 */
export function missingPackages(simulation: string): readonly string[] {
  return [...simulation.matchAll(/^Inst (\S+) \([^[\n]*\[(?!all\])\w+\]/gm)].map((match) => match[1] ?? '');
}

async function unpack(packages: readonly string[], into: string, cacheDir: string): Promise<void> {
  const cache = join(cacheDir, 'apt');
  const lists = join(cache, 'lists');
  await mkdir(join(lists, 'partial'), { recursive: true });
  await mkdir(join(cache, 'archives', 'partial'), { recursive: true });
  // APT::Sandbox::User: root's apt-get would else download as a user who cannot read the folder.
  const common = ['-o', `Dir::Cache=${cache}`, '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User=root'];
  const own = [...common, '-o', `Dir::State::lists=${lists}`];
  try {
    await download(packages, into, common);
  } catch {
    // The machine's lists are empty or name versions that are gone. An update in which one of several sources fails may still do.
    await run('apt-get', [...own, 'update'], { timeout: COMMAND_TIMEOUT }).catch(() => undefined);
    await download(packages, into, own);
  }
  for (const file of await readdir(into)) {
    if (!file.endsWith('.deb')) continue;
    await run('dpkg-deb', ['-x', join(into, file), into], { timeout: COMMAND_TIMEOUT });
    await rm(join(into, file));
  }
}

async function download(packages: readonly string[], into: string, options: readonly string[]): Promise<void> {
  const limits = { cwd: into, timeout: COMMAND_TIMEOUT, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C' } };
  const simulation = await run('apt-get', [...options, '--simulate', '--no-install-recommends', 'install', ...packages], limits);
  const wanted = new Set([...packages, ...missingPackages(simulation.stdout)]);
  await run('apt-get', [...options, 'download', ...wanted], limits);
}

/** Puts a finished folder in its place; when another process was faster, theirs stays. */
async function publish(unpacked: string, home: string): Promise<void> {
  try {
    await rename(unpacked, home);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

async function programIn(root: string, name: string): Promise<Program | null> {
  const path = await firstExecutable([join(root, 'usr/bin'), join(root, 'usr/sbin'), join(root, 'bin')], name);
  if (path === null) return null;
  const libraries: string[] = [];
  for (const base of [join(root, 'usr/lib'), join(root, 'lib')]) {
    const entries = await readdir(base).catch(() => []);
    libraries.push(...entries.filter((entry) => entry.includes('-linux-')).map((entry) => join(base, entry)));
  }
  return { path, env: environment(libraries) };
}

async function firstExecutable(folders: readonly string[], name: string): Promise<string | null> {
  for (const folder of folders) {
    if (folder === '') continue;
    const path = resolve(folder, name);
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return null;
}

function environment(libraries: readonly string[]): Readonly<Record<string, string>> {
  const env: Record<string, string> = {};
  for (const name of ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LD_LIBRARY_PATH']) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  const inherited = env['LD_LIBRARY_PATH'];
  if (libraries.length > 0) env['LD_LIBRARY_PATH'] = [...libraries, ...(inherited === undefined ? [] : [inherited])].join(delimiter);
  return env;
}

/** The last line of what a command complained about, or of the error itself. */
function reasonOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message?: string };
  const lines = `${stderr?.trim() || message || 'unknown error'}`.trim().split('\n');
  return lines.at(-1)?.trim() ?? 'unknown error';
}
