// The expression of a rule, as the link to it carries it, and whether it is about server errors.

/** How much of a link's query is read, and how much of an expression is given, in UTF-16 code units. */
const QUERY_READ = 12_000;
const EXPRESSION_GIVEN = 4000;

/**
 * The expression in a link such as Prometheus gives with each alert, `http://host/graph?g0.expr=…`, cut to its first 4,000
 * characters; empty when the link holds none. Of one that is torn or wrongly encoded, what does not decode to ASCII is a blank, as no
 * metric is named so.
 */
export function expressionOf(link: string): string {
  const query = link.indexOf('?');
  if (query < 0) return '';
  const encoded = PARAMETER.exec(link.slice(query, query + QUERY_READ))?.[1]?.replaceAll('+', ' ') ?? '';
  try {
    return decodeURIComponent(encoded).slice(0, EXPRESSION_GIVEN);
  } catch {
    return encoded.replace(/%([0-9A-Fa-f]{2})?/g, decoded).slice(0, EXPRESSION_GIVEN);
  }
}

const PARAMETER = /[?&](?:g0\.)?expr=([^&#]*)/;

function decoded(_escape: string, hex: string | undefined): string {
  const code = hex === undefined ? 0 : Number.parseInt(hex, 16);
  return code >= 32 && code < 127 ? String.fromCharCode(code) : ' ';
}

const SERVER_ERRORS = /(?:code|status|class)\w*\s*!?[=~]{1,2}\s*["'`]\^?[(.]*5(?:\.|xx|XX|\[|\\+d|0[0-9])/;

/** Whether an expression picks answers of HTTP with a status of 500 and above, as `code=~"5.."` does. */
export function picksServerErrors(expression: string): boolean {
  return SERVER_ERRORS.test(expression);
}
