// `slack_configs`: a channel reached as an app, or an incoming webhook.

import { SEVERITIES } from '../model/severity.ts';
import type { SlackAppTarget, SlackMentions, SlackWebhookTarget } from '../notify/target.ts';
import { IGNORED_SLACK } from './alertmanager-keys.ts';
import { type Place, placeOf } from './destination.ts';
import type { GlobalSettings } from './global-section.ts';
import { hasSecret, readSecret, secretSetting, withFiles } from './secret-setting.ts';
import { type Fields, fault, readMap, readText, type Setting } from './setting.ts';
import { given, readBoolean, readName, readUrl } from './setting-value.ts';
import { checkWebhookUrl, webApiUrl } from './slack-url.ts';

const KEYS = { known: [...withFiles('app_token', 'api_url'), 'app_url', 'channel', 'mention', 'send_resolved'], ignored: IGNORED_SLACK };

/**
 * Reads an item of `slack_configs`. Its own token or URL comes first, then the app token and then the
 * webhook of `global`, as in Alertmanager. Null when it is wrong, having noted why.
 */
export function readSlackConfig(setting: Setting, global: GlobalSettings): Place | null {
  const fields = readMap(setting, KEYS);
  if (fields === null) return null;
  const channel = given(fields.get('channel'), readChannel);
  const sendResolved = given(fields.get('send_resolved'), readBoolean) ?? true;
  const mention = given(fields.get('mention'), readMentions);
  const target = readTarget(setting, fields, { channel, mention }, global);
  return target === null ? null : placeOf(target, sendResolved);
}

interface Common {
  readonly channel: string | null;
  readonly mention: SlackMentions | null;
}

function readTarget(setting: Setting, fields: Fields, { channel, mention }: Common, global: GlobalSettings): SlackAppTarget | SlackWebhookTarget | null {
  const mentioned = mention === null ? {} : { mention };
  const asApp = hasSecret(fields, 'app_token');
  const webhook = secretSetting(fields, 'api_url');
  if (asApp && webhook !== undefined) {
    fault(webhook, 'app_token is given as well; one of the two is allowed');
    return null;
  }
  const appUrl = given(fields.get('app_url'), readUrl);
  const token = asApp ? readSecret(fields, 'app_token') : webhook === undefined ? global.slackAppToken : null;
  if (token !== null) {
    if (!fields.has('channel')) fault(setting, 'has no channel; with an app token one is needed, such as channel: "#ml-alerts"');
    if (channel === null) return null;
    const apiUrl = appUrl === null ? global.slackAppUrl : webApiUrl(appUrl);
    return { kind: 'slack-app', token, apiUrl, channel, buttons: global.slackSigningSecret !== null, ...mentioned };
  }
  const url = asApp ? null : webhook === undefined ? global.slackApiUrl : readSecret(fields, 'api_url', checkWebhookUrl);
  if (url !== null) return fields.has('channel') && channel === null ? null : { kind: 'slack-webhook', url, channel: channel ?? '', ...mentioned };
  if (!asApp && webhook === undefined && !global.slackFaulty) {
    fault(setting, 'says not how to reach Slack; app_token or api_url is allowed, here or in global as slack_app_token or slack_api_url, or their _file forms');
  }
  return null;
}

/** Whom Slack can mention: a group, a person, or all of a channel; anything else in its place would be markup of any kind. */
const MENTION = /^<(?:!subteam\^S[A-Z0-9]{1,30}|@[UW][A-Z0-9]{1,30}|!channel|!here|!everyone)>$/;

function readMentions(setting: Setting): SlackMentions {
  const fields = readMap(setting, { known: SEVERITIES });
  return new Map(
    SEVERITIES.flatMap((severity) => {
      const mentions = given(fields?.get(severity), readMention);
      return mentions === null ? [] : [[severity, mentions] as const];
    }),
  );
}

function readMention(setting: Setting): string | null {
  const text = readText(setting);
  if (text === null) return null;
  const mentions = text.split(/[ ,]+/).filter((part) => part !== '');
  if (mentions.length > 0 && mentions.length <= 10 && mentions.every((mention) => MENTION.test(mention))) return mentions.join(' ');
  fault(setting, 'mentions nobody that Slack knows; up to 10 of <!subteam^ID>, <@ID>, <!channel>, <!here>, <!everyone> are allowed');
  return null;
}

function readChannel(setting: Setting): string | null {
  const channel = readName(setting);
  if (channel === null || !channel.includes('{{')) return channel;
  fault(setting, 'is a template, which is not supported; the name or ID of a channel is allowed');
  return null;
}
