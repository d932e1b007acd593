// Poisons what pure code must not touch: the clock, randomness, the machine's languages and zones.

const PURE_CODE = /\/src\/(model|correlate|route)\//;

const INTL = ['Collator', 'DateTimeFormat', 'DisplayNames', 'ListFormat', 'Locale', 'NumberFormat', 'PluralRules', 'RelativeTimeFormat', 'Segmenter'] as const;

/** Runs `fn`, which must not be asynchronous; whatever in it asks for the time, chance or a locale throws. */
export function poisoned<T>(fn: () => T): T {
  const cure = poison(() => true);
  try {
    return fn();
  } finally {
    cure();
  }
}

/**
 * Poisons the pure folders for as long as the process lives: what is asked for by a line of src/model,
 * src/correlate or src/route throws, while everybody else gets the answer. Returns what undoes it.
 */
export function poisonPureCode(): () => void {
  return poison(() => PURE_CODE.test(callerOf(new Error('where').stack)));
}

/** The line of a stack that called a poisoned function: the first that is not of this file. */
function callerOf(stack = ''): string {
  return stack.split('\n').find((line) => line.includes('/') && !line.includes('/test/purity.ts')) ?? '';
}

function poison(applies: () => boolean): () => void {
  const cures = [
    replace(Date, 'now', applies, 'Date.now()'),
    replace(Math, 'random', applies, 'Math.random()'),
    replace(String.prototype, 'localeCompare', applies, 'localeCompare()'),
    ...INTL.map((name) => replace(Intl, name, applies, `Intl.${name}`)),
    replace(globalThis, 'Date', (args) => args.length === 0 && applies(), 'Date without arguments'),
  ];
  return () => {
    for (const cure of cures.toReversed()) cure();
  };
}

type AnyFunction = (...args: unknown[]) => unknown;

/** Replaces a function or class by one that throws where `applies` says so, and returns what puts it back. */
function replace<T extends object, K extends keyof T>(owner: T, key: K, applies: (args: readonly unknown[]) => boolean, name: string): () => void {
  const original = owner[key];
  const check = (args: readonly unknown[]): void => {
    if (applies(args)) throw new Error(`pure code asked for ${name}`);
  };
  const guarded: unknown = new Proxy<AnyFunction>(original as AnyFunction, {
    apply: (target, self, args) => {
      check(args);
      return Reflect.apply(target, self, args);
    },
    construct: (target, args, newTarget) => {
      check(args);
      return Reflect.construct(target, args, newTarget) as object;
    },
  });
  owner[key] = guarded as T[K];
  return () => {
    owner[key] = original;
  };
}
