// `winnow notify test`: sends a receiver a message that says it is a test, and tells what came of it.

import type { Environment } from '../../config/setting.ts';
import type { WebhookEvent } from '../../correlate/event.ts';
import { type Instant, timestampOf } from '../../model/time.ts';
import type { IncidentView, SendOutcome } from '../../notify/integration.ts';
import { createIntegrations } from '../../notify/integrations.ts';
import type { Target } from '../../notify/target.ts';
import { receiverTargets } from './receiver-targets.ts';
import { viewsOf } from './webhook-view.ts';

/** What the command is run with. */
export interface NotifyTestOptions {
  readonly configFile: string;
  readonly receiver: string;
  readonly env: Environment;
  readonly now: Instant;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/**
 * Sends the test to each place of the receiver, one after the other, and prints what it answered. A test that opened
 * something is closed again. Exit status 0 when all took it, 1 when one did not, or the configuration is not usable.
 */
export async function notifyTest({ configFile, receiver, env, now, out, err }: NotifyTestOptions): Promise<number> {
  const found = receiverTargets(configFile, receiver, env, err);
  if (found === null) return 1;
  const { config, targets } = found;
  const integrations = createIntegrations({ console: { write: out, color: false } });
  const [view] = viewsOf(testWebhook(receiver, now), config.policy, config.externalUrl);
  let failed = false;
  for (const [id, target] of targets) {
    const outcome = view === undefined ? NOTHING : await sendTest(view, id, target);
    failed ||= outcome.kind !== 'sent';
    out(`${id}: ${outcome.kind === 'sent' ? 'sent' : `${outcome.kind === 'refused' ? 'refused' : 'failed'}, ${outcome.error}`}`);
  }
  return failed ? 1 : 0;

  async function sendTest(view: IncidentView, id: string, target: Target): Promise<SendOutcome> {
    const integration = integrations.get(target.kind);
    if (integration === undefined) return NOTHING;
    const request = { target, deliveryId: `${view.incident.id}~${id}`, uncertain: false, receivers: [receiver] };
    const shown = { ...view, ...(target.template === undefined ? {} : { template: target.template }) };
    const sent = await integration.send({ ...request, view: shown, kind: 'trigger', reference: {}, seq: 1 });
    if (sent.kind !== 'sent' || Object.keys(sent.reference).length === 0) return sent;
    const over = {
      ...shown,
      incident: { ...view.incident, status: 'resolved', resolution: 'person', resolvedBy: 'winnow notify test', resolvedAt: now },
    } as const;
    return integration.send({ ...request, view: over, kind: 'resolve', reference: sent.reference, seq: 2 });
  }
}

const NOTHING: SendOutcome = { kind: 'refused', error: 'there is nothing to send' };

function testWebhook(receiver: string, now: Instant): WebhookEvent {
  const summary = `This is a test of the receiver ${receiver}, sent by winnow notify test. Nothing is wrong.`;
  return {
    kind: 'webhook',
    receivedAt: now,
    source: 'alertmanager',
    malformed: [],
    alerts: [
      {
        fingerprint: '0000000000000000',
        status: 'firing',
        labels: new Map([
          ['alertname', 'TestOfWinnow'],
          ['severity', 'info'],
        ]),
        annotations: new Map([['summary', summary]]),
        startsAt: timestampOf(now),
        endsAt: null,
        links: {},
        source: 'alertmanager',
        groupKey: '',
      },
    ],
  };
}
