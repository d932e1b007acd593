// Keys of Alertmanager's that have no effect here, so that its blocks can be pasted in.
// The lists are those of prometheus/alertmanager, config/config.go and config/notifiers.go, 0.25 to 0.34.

/** At the top of the file. */
export const IGNORED_TOP_LEVEL = ['templates', 'tracing'] as const;

/** In `global`. */
export const IGNORED_GLOBAL = [
  'resolve_timeout',
  'http_config',
  'smtp_auth_identity',
  'jira_api_url',
  'opsgenie_api_url',
  'opsgenie_api_key',
  'opsgenie_api_key_file',
  'wechat_api_url',
  'wechat_api_secret',
  'wechat_api_secret_file',
  'wechat_api_corp_id',
  'victorops_api_url',
  'victorops_api_key',
  'victorops_api_key_file',
  'telegram_api_url',
  'telegram_bot_token',
  'telegram_bot_token_file',
  'webex_api_url',
  'rocketchat_api_url',
  'rocketchat_token',
  'rocketchat_token_file',
  'rocketchat_token_id',
  'rocketchat_token_id_file',
  'mattermost_webhook_url',
  'mattermost_webhook_url_file',
] as const;

/** Kinds of integration in a receiver that Winnow has no sender for. */
export const LACKING_INTEGRATIONS = [
  'discord_configs',
  'incidentio_configs',
  'jira_configs',
  'jsm_configs',
  'mattermost_configs',
  'msteams_configs',
  'msteamsv2_configs',
  'opsgenie_configs',
  'pushover_configs',
  'rocketchat_configs',
  'signl4_configs',
  'sns_configs',
  'telegram_configs',
  'victorops_configs',
  'webex_configs',
  'wechat_configs',
] as const;

/** In an item of `slack_configs`: how the message looks is Winnow's to decide. */
export const IGNORED_SLACK = [
  'http_config',
  'timeout',
  'username',
  'color',
  'title',
  'title_link',
  'pretext',
  'text',
  'message_text',
  'fields',
  'short_fields',
  'footer',
  'fallback',
  'callback_id',
  'icon_emoji',
  'icon_url',
  'image_url',
  'thumb_url',
  'link_names',
  'mrkdwn_in',
  'actions',
  'update_message',
  'message_strategy',
  'threaded_options',
] as const;

/** In an item of `pagerduty_configs`: what the event says is Winnow's to decide. */
export const IGNORED_PAGERDUTY = [
  'http_config',
  'timeout',
  'client',
  'client_url',
  'description',
  'details',
  'images',
  'links',
  'source',
  'severity',
  'class',
  'component',
  'group',
] as const;

/** In an item of `email_configs`: how the message looks is Winnow's to decide. */
export const IGNORED_EMAIL = ['auth_identity', 'html', 'text', 'threading', 'http_config', 'timeout'] as const;
