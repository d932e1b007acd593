// Slack's documented limits of a message, as the error that Slack would answer.

interface Block {
  readonly type?: unknown;
  readonly block_id?: unknown;
  readonly text?: unknown;
  readonly fields?: unknown;
  readonly elements?: unknown;
}

const KNOWN_TYPES = new Set(['header', 'section', 'context', 'divider', 'actions']);

/** The code of what is wrong with a message's `blocks`, or null. */
export function faultOfBlocks(blocks: unknown): string | null {
  if (blocks === undefined) return null;
  if (!Array.isArray(blocks)) return 'invalid_blocks_format';
  if (blocks.length > 50) return 'invalid_blocks';
  if (blocks.some((block: Block) => !isSound(block))) return 'invalid_blocks';
  return JSON.stringify(blocks).length > 13_200 ? 'msg_blocks_too_long' : null;
}

function isSound(block: Block): boolean {
  if (typeof block.type !== 'string' || !KNOWN_TYPES.has(block.type)) return false;
  if (block.block_id !== undefined && !(typeof block.block_id === 'string' && block.block_id.length <= 255)) return false;
  switch (block.type) {
    case 'header':
      return isText(block.text, 150, ['plain_text']);
    case 'section':
      return block.fields === undefined
        ? isText(block.text, 3000)
        : Array.isArray(block.fields) && block.fields.length <= 10 && block.fields.every((field) => isText(field, 2000));
    case 'context':
      return (
        Array.isArray(block.elements) && block.elements.length >= 1 && block.elements.length <= 10 && block.elements.every((element) => isText(element, 3000))
      );
    case 'actions':
      return Array.isArray(block.elements) && block.elements.length >= 1 && block.elements.length <= 25 && block.elements.every(isSoundElement);
    default:
      return true;
  }
}

function isSoundElement(element: Readonly<Record<string, unknown>>): boolean {
  if (typeof element['action_id'] !== 'string' || element['action_id'].length > 255) return false;
  if (element['type'] === 'button') {
    const { confirm } = element as { readonly confirm?: Readonly<Record<string, unknown>> };
    const sound = isText(element['text'], 75, ['plain_text']) && isValue(element['value'], 2000);
    if (confirm === undefined) return sound;
    return sound && isText(confirm['title'], 100) && isText(confirm['text'], 300) && isText(confirm['confirm'], 30) && isText(confirm['deny'], 30);
  }
  const { options } = element as { readonly options?: readonly Readonly<Record<string, unknown>>[] };
  if (element['type'] !== 'static_select' || !isText(element['placeholder'], 150, ['plain_text']) || options === undefined) return false;
  return options.length >= 1 && options.length <= 100 && options.every(({ text, value }) => isText(text, 75, ['plain_text']) && isValue(value, 150));
}

function isValue(value: unknown, limit: number): boolean {
  return typeof value === 'string' && value.length >= 1 && value.length <= limit;
}

function isText(text: unknown, limit: number, types: readonly string[] = ['plain_text', 'mrkdwn']): boolean {
  if (typeof text !== 'object' || text === null || !('type' in text) || !('text' in text)) return false;
  return types.includes(String(text.type)) && typeof text.text === 'string' && text.text.length >= 1 && text.text.length <= limit;
}
