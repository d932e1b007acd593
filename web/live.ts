// Keeps up with the service: says when something may have changed, by its stream of events, and every 15 s in any case.

import type { Client } from './client.ts';
import { createEventReader } from './event-text.ts';

/** How often it is looked without being told to. */
const POLLING = 15_000;
/** How long a broken stream is left alone (one that does not open is for as long as `POLLING`), and how long a silent one is trusted: it sends something every 15 s. */
const RETRY = 3_000;
const SILENCE = 40_000;
/** The least time between two looks, so that a storm does not keep the page busy. */
const LEAST = 1_500;

/** What keeping up is made of. */
export interface LiveOptions {
  readonly client: Client;
  /** Called when something may have changed; never while a call before is at work. */
  readonly refresh: () => Promise<void>;
  /** Told whether changes come by the stream. */
  readonly streaming: (on: boolean) => void;
  /** Whether the page is looked at: the stream is open only then, as browsers allow few connections to one place. */
  readonly visible: () => boolean;
}

/** What a page does to keep up. */
export interface Live {
  /** To be called when the page begins or ceases to be looked at. */
  visibilityChanged(): void;
}

/** Begins to keep up. */
export function keepUp({ client, refresh, streaming, visible }: LiveOptions): Live {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let working = false;
  let wanted = false;
  let looked = 0;

  const look = async () => {
    clearTimeout(timer);
    if (working) {
      wanted = true;
      return;
    }
    working = true;
    wanted = false;
    looked = performance.now();
    try {
      await refresh();
    } finally {
      working = false;
      timer = setTimeout(() => void look(), wanted ? LEAST : POLLING);
    }
  };
  const soon = () => {
    if (working) wanted = true;
    else {
      clearTimeout(timer);
      timer = setTimeout(() => void look(), Math.max(50, looked + LEAST - performance.now()));
    }
  };

  let position: string | null = null;
  let following: AbortController | null = null;
  const follow = async (): Promise<void> => {
    if (following !== null || !visible()) return;
    const ending = new AbortController();
    following = ending;
    let opened = false;
    let silent = setTimeout(() => ending.abort(), SILENCE);
    try {
      const reader = (await client.events(position, ending.signal)).getReader();
      const decoder = new TextDecoder();
      const read = createEventReader();
      opened = true;
      streaming(true);
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        clearTimeout(silent);
        silent = setTimeout(() => ending.abort(), SILENCE);
        const events = read(decoder.decode(piece.value, { stream: true }));
        position = events.findLast(({ id }) => id !== null)?.id ?? position;
        if (events.length > 0) soon();
      }
    } catch {
      // Looking every 15 s goes on, and says what is wrong.
    }
    clearTimeout(silent);
    following = null;
    streaming(false);
    setTimeout(() => void follow(), opened ? RETRY : POLLING);
  };

  void look();
  void follow();
  return {
    visibilityChanged() {
      if (!visible()) return following?.abort();
      soon();
      void follow();
    },
  };
}
