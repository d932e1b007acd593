import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/parse-config.ts';
import { renderMessage } from '../../../src/notify/console/render.ts';
import { emailBody } from '../../../src/notify/email/body.ts';
import { composeMessage } from '../../../src/notify/message.ts';
import { pagerDutyEvent } from '../../../src/notify/pagerduty/event.ts';
import { slackBody } from '../../../src/notify/slack/blocks.ts';
import { alert, gpuNodeDown, view } from './incident-view.ts';

/** The message of a receiver whose template has these parts, in YAML's flow style. */
function message(template: string, shown = gpuNodeDown()) {
  const text = `route: {receiver: a}\nreceivers: [{name: a, console_configs: [{}], template: {${template}}}]\n`;
  const result = parseConfig({ text, file: 'winnow.yaml', env: {}, readFile: () => '' });
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  const [target] = result.config.targets.values();
  return composeMessage({ ...shown, ...(target?.template === undefined ? {} : { template: target.template }) });
}

describe('a template', () => {
  it('has a title, a text and fields of its own, and leaves the rest', () => {
    const made = message(
      `title: 'P1 {{ title }}', text: '{{ alerts | size }} of {{ alertCount }}', fields: {Cause: '{{ causes[0].entity }}', None: '{{ nothing }}'}`,
    );
    expect(made).toMatchObject({
      title: 'P1 GPUNodeNotReady on node/gpu-7',
      says: '7 of 12',
      fields: [{ title: 'Cause', value: 'node/gpu-7' }],
      standing: '11 of 12 alerts firing',
    });
    expect(made.text).toMatch(/^Critical: P1 GPUNodeNotReady on node\/gpu-7\. 7 of 12\. Likely cause/);
  });

  it('reads labels and annotations of the alerts', () => {
    const shown = view({}, [alert({}, { labels: { team: 'ml', 'a-b': 'c' }, annotations: { description: 'gone' } }), alert({}, { labels: { team: 'web' } })]);
    const teams = `{{ alerts | map: "labels" | map: "team" | join: ", " }}`;
    expect(message(`title: '${teams}', text: '{{ alerts[0].annotations.description }} {{ alerts[0].labels["a-b"] }}'`, shown)).toMatchObject({
      title: 'ml, web',
      says: 'gone c',
    });
  });

  it('is as without one where it makes nothing, takes too long or asks for too much', () => {
    for (const part of [
      '{{ nothing }}',
      '{% for i in (1..100000000) %}x{% endfor %}',
      '{% for i in (1..9999) %}{% for j in (1..9999) %}x{% endfor %}{% endfor %}',
      '{% assign s = "xxxxxxxxxx" %}{% for i in (1..99) %}{% assign s = s | append: s %}{% endfor %}{{ s }}',
    ])
      expect(message(`title: '${part}', text: '${part}'`)).toMatchObject({
        title: 'GPUNodeNotReady on node/gpu-7',
        says: 'Node gpu-7 has not been ready for 2 minutes; 8 GPUs gone',
      });
  });

  it('is cut to what a message has room for', () => {
    const made = message(`title: '${'x'.repeat(300)}', text: '${'y'.repeat(900)}', fields: {F: '${'z'.repeat(900)}'}`);
    expect([made.title.length, made.says.length, made.fields[0]?.value.length]).toEqual([140, 500, 300]);
  });

  it('reaches nothing but the data', () => {
    expect(message(`text: '[{{ constructor }}{{ title.constructor }}{{ alerts.constructor.constructor }}{{ __proto__ }}{{ process }}]'`).says).toBe('[]');
  });

  it('makes text and no markup, whatever labels hold', () => {
    const hostile = '<!channel> <https://evil.example|click> <b>x</b>';
    const made = message(
      `title: '{{ alerts[0].labels.x }}', text: '{{ alerts[0].labels.x }}', fields: {F: '{{ alerts[0].labels.x }}'}`,
      view({}, [alert({}, { labels: { x: hostile } })]),
    );
    const slack = JSON.stringify(slackBody(made));
    expect(slack).not.toMatch(/<!channel>|<https:\/\/evil/);
    expect(emailBody(made, 'trigger').html).not.toContain('<b>x');
  });
});

it('fields are shown in the terminal, in Slack, in PagerDuty and in an e-mail', () => {
  const fields = `fields: {Team: 'ml {{ severity }}'}`;
  const made = message(fields);
  expect(renderMessage(made, { kind: 'trigger', color: false })).toMatch(/Team +ml critical/);
  expect(JSON.stringify(slackBody(made))).toContain('*Team* ml critical');
  expect(emailBody(made, 'trigger').html).toMatch(/Team<\/td><td[^>]*>ml critical/);
  const template = { title: null, text: null, fields: [{ title: 'Team', value: { source: 'ml', render: () => 'ml' } }] };
  const event = JSON.parse(pagerDutyEvent({ call: { action: 'trigger', dedupKey: 'k' }, view: { ...gpuNodeDown(), template }, routingKey: 'r' }));
  expect(event.payload.custom_details.Team).toBe('ml');
});
