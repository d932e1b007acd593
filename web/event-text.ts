// Decides what a stream of server-sent events says, from the pieces of text in which it comes.

/** What came of a stream: names of events, with the position to go on behind. */
export interface StreamEvent {
  /** Such as `incident` or `reset`. */
  readonly name: string;
  /** The position; null where the event has none. */
  readonly id: string | null;
}

/** Reads a stream piece by piece. Keeps what is not whole yet. */
export function createEventReader(): (piece: string) => readonly StreamEvent[] {
  let rest = '';
  return (piece) => {
    const blocks = `${rest}${piece}`.split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.flatMap(eventOf);
  };
}

function eventOf(block: string): readonly StreamEvent[] {
  const fields = new Map(block.split('\n').map((line) => fieldOf(line)));
  if (!fields.has('data')) return [];
  return [{ name: fields.get('event') ?? 'message', id: fields.get('id') ?? null }];
}

function fieldOf(line: string): readonly [string, string] {
  const at = line.indexOf(':');
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).replace(/^ /, '')];
}
