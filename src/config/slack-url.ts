// Slack's two kinds of URL: that of its Web API, and that of an incoming webhook.

import { parseHttpUrl } from './setting-value.ts';

/** The base URL of the Web API with a trailing slash; Alertmanager's settings name the method as well, which is cut off. */
export function webApiUrl(url: string): string {
  return `${url.replace(/\/+$/, '').replace(/\/chat\.postMessage$/, '')}/`;
}

/** What is wrong with the URL of an incoming webhook, or null; the URL is a secret and not repeated. */
export function checkWebhookUrl(url: string): string | null {
  const parsed = parseHttpUrl(url);
  if (parsed === null) return 'is not a URL; the http or https URL of an incoming webhook is allowed';
  if (parsed.pathname.endsWith('/api/chat.postMessage')) return "is Slack's Web API, not an incoming webhook; for the API app_token is allowed, with app_url";
  return null;
}
