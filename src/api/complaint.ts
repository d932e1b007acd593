// What a validator says of a part of a request, in words that name what is allowed.

/** What a validator found, as Ajv reports it. */
export interface Finding {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** The regular expressions of the API document, by what they ask for. */
const PATTERNS: ReadonlyMap<unknown, string> = new Map([
  ['^[^/]+/.', 'must be of the form kind/name, such as node/gpu-7'],
  ['\\S', 'must not be blank'],
  ['^https?://', 'must begin with http:// or https://'],
]);

/** Says what is wrong, to stand behind the name of the part, such as `the body`. */
export function complaint(found: Finding | undefined): string {
  if (found === undefined) return 'is not valid';
  const { instancePath } = found;
  return `${instancePath === '' ? '' : `${instancePath} `}${inWords(found)}`;
}

function inWords({ keyword, params, message = 'is not valid' }: Finding): string {
  const { limit } = params;
  switch (keyword) {
    case 'additionalProperties':
      return `must not have ${JSON.stringify(params['additionalProperty'])}`;
    case 'required':
      return `must have ${JSON.stringify(params['missingProperty'])}`;
    case 'enum':
      return `must be one of ${(params['allowedValues'] as readonly unknown[]).join(', ')}`;
    case 'type':
      return `must be ${[params['type']].flat().map(typeInWords).join(' or ')}`;
    case 'format':
      return params['format'] === 'date-time' ? 'must be a time in RFC 3339, such as 2026-03-01T10:00:00Z' : message;
    case 'pattern':
      return PATTERNS.get(params['pattern']) ?? message;
    case 'minimum':
      return `must be at least ${limit}`;
    case 'maximum':
      return `must be at most ${limit}`;
    case 'minLength':
      return `must have at least ${counted(limit, 'character')}`;
    case 'maxLength':
      return `must have at most ${counted(limit, 'character')}`;
    case 'minItems':
      return `must have at least ${counted(limit, 'item')}`;
    case 'maxItems':
      return `must have at most ${counted(limit, 'item')}`;
    default:
      return message;
  }
}

function typeInWords(type: unknown): string {
  if (type === 'null') return 'null';
  if (type === 'boolean') return 'true or false';
  return `${/^[aio]/.test(String(type)) ? 'an' : 'a'} ${type}`;
}

function counted(count: unknown, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
