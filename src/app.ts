// The composition root: makes every part, hands each what it needs, and stops them in reverse.

import { randomUUID } from 'node:crypto';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import type { Logger } from 'pino';
import { closeServer } from './api/close-server.ts';
import type { Commands } from './api/commands.ts';
import type { Readiness, ReloadAnswer } from './api/dependencies.ts';
import { exposureOf } from './api/exposure.ts';
import { incidentSilencing } from './api/incident-silencing.ts';
import { installProblemHandlers } from './api/problem.ts';
import { API_SERVER_OPTIONS, registerApi } from './api/register-api.ts';
import { logRequests, REQUEST_ID_OPTIONS } from './api/request-log.ts';
import { ServiceUnavailable } from './api/service-unavailable.ts';
import { readWebFiles } from './api/web-files.ts';
import type { Config } from './config/config.ts';
import type { Reloaded } from './config/live-config.ts';
import { ledgerDocument } from './model/ledger-document.ts';
import { type Instant, type Milliseconds, SECOND } from './model/time.ts';
import { createCircuits } from './notify/circuit.ts';
import type { ConsoleOptions } from './notify/console/integration.ts';
import { createIntegrations } from './notify/integrations.ts';
import { incidentUrl } from './notify/message-link.ts';
import { changeMessages } from './notify/pagerduty/forward-change.ts';
import { incidentOfPage } from './notify/pagerduty/standing-page.ts';
import { answerInteraction } from './notify/slack/answer-interaction.ts';
import { createBatchQueue } from './queue/batch-queue.ts';
import { addChangeMessages, createDeliveryQueue } from './queue/delivery-queue.ts';
import { IntakeQueue } from './queue/intake-queue.ts';
import { countQueued } from './queue/queued-alerts.ts';
import { openQueue, QUEUES, shardTag } from './queue/shard-queues.ts';
import { IntakeUnavailable } from './receivers/intake.ts';
import { registerPagerDutyWebhooks } from './receivers/pagerduty-webhooks.ts';
import { registerSlackInteractions } from './receivers/slack-interactions.ts';
import type { Patience } from './receivers/upstream/reconcile.ts';
import { startReconciler } from './receivers/upstream/reconciler.ts';
import { registerWebhookReceivers } from './receivers/webhook-receivers.ts';
import { startReloading } from './reloading.ts';
import { startSending } from './sending.ts';
import { ShardOwner } from './shard/owner.ts';
import { startEmbeddedRedis } from './store/embedded-redis.ts';
import { keepHouse } from './store/keep-house.ts';
import { shardKeys } from './store/keys.ts';
import { failFastConnection, patientConnection, whenReady } from './store/redis-connection.ts';
import { createDeliveryRecords } from './store/redis-delivery-records.ts';
import { createFirstTime } from './store/redis-first-time.ts';
import { createReadModel } from './store/redis-read-model.ts';
import { createShardStore, decidingOwner } from './store/redis-shard-store.ts';
import { createSharedPace } from './store/redis-shared-pace.ts';
import { watchRedis } from './store/redis-watch.ts';
import { readReloadMark, writeReloadMark } from './store/reload-mark.ts';
import { createUpstreamRecords } from './store/upstream-records.ts';
import { createMetrics } from './telemetry/metrics.ts';

/** The one shard that there is. */
const SHARD = 0;
/** How long Redis may take to answer: to an intake, which has to answer within a second and may try twice, and to the rest. */
const INTAKE_TIMEOUT: Milliseconds = 0.4 * SECOND;
const COMMAND_TIMEOUT: Milliseconds = 10 * SECOND;
/** How long Redis may take to be there at the start. */
const START_TIMEOUT: Milliseconds = 30 * SECOND;

/** What an application is made of. */
export interface AppOptions {
  readonly config: () => Config;
  /** Reads the configuration again; without it there is nothing to read. */
  readonly reload?: () => Reloaded;
  /** Another Redis to use; null for the embedded one in `dataDir`. */
  readonly redisUrl: string | null;
  readonly dataDir: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly log: Logger;
  /** The wall clock. */
  readonly now: () => Instant;
  readonly console: ConsoleOptions;
  /** How long one call to Slack or PagerDuty may take; 10 s by default. */
  readonly sendTimeout?: Milliseconds;
  /** How often alerts are compared with those of upstream Alertmanagers, and how long they may differ. */
  readonly reconciling?: { readonly every?: Milliseconds; readonly patience?: Patience };
  /** Wraps the parts that reach outside this process, by name; tests stop the process there. */
  readonly decorate?: <T extends object>(name: 'intake' | 'store' | 'deliveries' | 'records' | 'integration', part: T) => T;
}

/** A running application. */
export interface App {
  /** Where it listens, such as `http://127.0.0.1:9095`. */
  readonly url: string;
  /** Stops: no more requests, then the batch and the messages in hand, then Redis. */
  close(): Promise<void>;
  /** Reads the configuration again, here and in every process of the service. */
  reload(by: string): Promise<ReloadAnswer>;
}

/** Starts everything. Rejects, with what was started stopped again, when a part does not start. */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, log, now, decorate = (_name, part) => part } = options;
  const stops: (() => unknown)[] = [];
  const stopAll = async () => {
    for (const stop of stops.reverse()) {
      try {
        await stop();
      } catch (error) {
        log.warn({ err: error }, 'a part did not stop cleanly');
      }
    }
    stops.length = 0;
  };
  try {
    return await start();
  } catch (error) {
    await stopAll();
    throw error;
  }

  async function start(): Promise<App> {
    const exposed = exposureOf(config().api, options.listen.host);
    if (exposed !== null) throw new Error(exposed);
    const address = options.redisUrl ?? (await embeddedRedis());
    const intakeRedis = opened(failFastConnection(address, INTAKE_TIMEOUT));
    const redis = opened(failFastConnection(address, COMMAND_TIMEOUT));
    await Promise.all([whenReady(intakeRedis, START_TIMEOUT), whenReady(redis, START_TIMEOUT)]);
    const watch = watchRedis(redis, (weakness) => log.warn({}, weakness));
    stops.push(() => watch.stop());

    const keys = shardKeys(shardTag(SHARD));
    const intakeQueue = openQueue(QUEUES.intake, { connection: intakeRedis, shard: SHARD });
    const commandQueue = openQueue(QUEUES.intake, { connection: redis, shard: SHARD });
    const deliveryQueue = openQueue(QUEUES.deliveries, { connection: redis, shard: SHARD });
    for (const queue of [intakeQueue, commandQueue, deliveryQueue]) {
      queue.on('error', logged('a queue has no connection'));
      stops.push(() => queue.close());
    }

    const intake = decorate('intake', new IntakeQueue({ queue: intakeQueue, unreachable: () => watch.unreachable(), full: () => watch.full() }));
    const readModel = createReadModel({ redis, keys, queued: () => countQueued(commandQueue, redis) });
    const records = decorate('records', createDeliveryRecords({ redis, keys }));
    const circuits = createCircuits(now);
    const metrics = createMetrics(
      {
        ledger: async () => ledgerDocument(await readModel.ledger()),
        holds: () => readModel.holds(),
        openIncidents: () => readModel.openIncidents(),
        redisWeaknesses: () => watch.weaknesses().length,
        destinationsLeftAlone: () => circuits.open(),
        async jobs() {
          const counted = await Promise.all(
            [commandQueue, deliveryQueue].map(async (queue) => ({
              queue: queue.name,
              counts: await queue.getJobCounts('waiting', 'active', 'delayed', 'failed'),
            })),
          );
          return counted.flatMap(({ queue, counts }) => Object.entries(counts).map(([state, count]) => ({ queue, state, count })));
        },
      },
      () => remembered,
    );
    let remembered: number | null = null;
    metrics.configured(true, now());

    const owner = new ShardOwner({
      store: decorate('store', createShardStore({ redis, keys })),
      batches: createBatchQueue({
        queue: commandQueue,
        connection: opened(patientConnection(address)),
        shard: SHARD,
        onError: logged('the intake worker has no connection'),
      }),
      deliveries: decorate('deliveries', createDeliveryQueue(deliveryQueue)),
      policy: () => config().policy,
      records: () => config().retention.webhooks > 0,
      now,
      holder: `${process.pid}-${randomUUID()}`,
      log,
      metrics: {
        committed: (facts) => metrics.committed(facts),
        owned(state) {
          remembered = state?.alerts.size ?? null;
          metrics.owned(remembered);
        },
        fault: () => metrics.fault(),
      },
    });
    stops.push(() => owner.stop());

    const integrations = createIntegrations({ console: options.console, ...(options.sendTimeout === undefined ? {} : { timeoutMs: options.sendTimeout }) });
    const senders = new Map([...integrations].map(([kind, integration]) => [kind, circuits.guard(decorate('integration', integration))]));
    const sending = startSending({
      connection: opened(patientConnection(address)),
      shard: SHARD,
      onError: logged('the delivery worker has no connection'),
      records,
      integrations: senders,
      pace: createSharedPace(intakeRedis, `${shardTag(SHARD)}:s:pace:`),
      config,
      change: readModel.change,
      report: (reported) => intake.add(reported),
      metrics,
      now,
      log,
    });
    stops.push(() => sending.close());

    const reconciler = startReconciler({
      upstreams: () => config().upstreams,
      known: () => owner.alerts,
      add: (event) => intake.add(event),
      had: createUpstreamRecords({ redis, keys }),
      now,
      log,
      ...options.reconciling,
    });
    stops.push(() => reconciler.stop());

    const reloading = startReloading({
      read: readAgain,
      marks: { read: () => readReloadMark(redis, keys), write: (mark) => writeReloadMark(redis, keys, mark) },
      tell: (event) => intake.add(event),
      now,
      log,
    });
    stops.push(() => reloading.stop());

    const house = keepHouse({
      redis,
      keys,
      owns: () => owner.owns,
      full: () => watch.full() !== null,
      retention: () => config().retention,
      now,
      failed: logged,
    });
    stops.push(() => house.stop());

    const server: FastifyInstance = fastify({
      ...API_SERVER_OPTIONS,
      ...REQUEST_ID_OPTIONS,
      loggerInstance: serverLog(log),
      logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
      requestTimeout: 60 * SECOND,
    });
    installProblemHandlers(server);
    logRequests(server, log);
    observeWebhooks(server);
    registerWebhookReceivers(server, {
      settings: () => config().webhooks,
      now,
      intake: {
        async add(webhook) {
          await intake.add(webhook);
          metrics.alerts({ source: webhook.source, accepted: webhook.alerts.length, rejected: webhook.malformed.length });
        },
      },
    });
    const commands = commandsOf(intake, (changeId) => addChangeMessages(deliveryQueue, changeMessages(changeId, config().targets, now())));
    registerPagerDutyWebhooks(server, {
      secret: () => config().pagerdutyWebhookSecret,
      incidentOf: (dedupKey) => incidentOfPage(dedupKey, readModel),
      submit: (action) => commands.submit(action),
      now,
    });
    const acting = new Set<Promise<void>>();
    stops.push(() => Promise.all(acting));
    registerSlackInteractions(server, {
      signingSecret: () => config().slackSigningSecret,
      firstTime: createFirstTime(intakeRedis, `${shardTag(SHARD)}:s:first-time:`),
      now,
      act(payload) {
        const acted = answerInteraction(payload, {
          submit: (action) => intake.submit(action),
          explained,
          silencing: incidentSilencing({ readModel, commands, now }),
          localTime: () => config().policy.localTime,
          now,
          failed: (what) => log.warn({}, what),
        }).finally(() => acting.delete(acted));
        acting.add(acted);
        return acted;
      },
    });
    const webFiles = readWebFiles();
    if (webFiles === null) log.warn({}, 'the web page was not built (npm run build): / leads to the index');
    registerApi(server, {
      readModel,
      commands,
      config,
      readiness,
      reload: reloading.reload,
      metrics: async () => ({ contentType: metrics.registry.contentType, body: await metrics.registry.metrics() }),
      now,
      webFiles,
    });
    const url = await server.listen(options.listen);
    stops.push(() => closeServer(server));
    // Last, since making the server holds up the event loop, and with it the renewal of the lease.
    owner.start();
    return { url, close: stopAll, reload: reloading.reload };

    function readAgain(): Reloaded {
      const { hash } = config();
      const reloaded = options.reload?.() ?? { ok: true, changed: false, before: hash, after: hash, warnings: [] };
      metrics.configured(reloaded.ok, now());
      return reloaded;
    }

    async function explained(incidentId: string) {
      const [incident, members, timeline] = await Promise.all([
        readModel.incident(incidentId),
        readModel.members([incidentId]),
        readModel.timeline(incidentId),
      ]);
      const url = incidentUrl(config().externalUrl, incidentId);
      return incident === null ? null : { incident, members: members.get(incidentId) ?? [], timeline, url };
    }

    async function readiness(): Promise<Readiness> {
      const holder = await decidingOwner(intakeRedis, keys).catch(() => undefined);
      return { ready: holder !== undefined && holder !== null, redis: holder !== undefined, owner: holder ?? null, warnings: watch.weaknesses() };
    }

    function observeWebhooks(app: FastifyInstance): void {
      app.addHook('onResponse', (request, reply, done) => {
        const source = /^\/webhooks\/(alertmanager|grafana)$/.exec(request.routeOptions.url ?? '')?.[1];
        if (source !== undefined) metrics.webhook({ source, code: reply.statusCode, seconds: reply.elapsedTime / 1000 });
        done();
      });
    }
  }

  async function embeddedRedis(): Promise<string> {
    const embedded = await startEmbeddedRedis({ dataDir: options.dataDir, log });
    stops.push(() => embedded.stop());
    return embedded.socketPath;
  }

  function opened<T extends { on(event: 'error', listener: (error: Error) => void): unknown; disconnect(): void }>(connection: T): T {
    connection.on('error', logged('Redis cannot be reached'));
    stops.push(() => connection.disconnect());
    return connection;
  }

  function logged(message: string): (error: unknown) => void {
    return (error) => log.debug({ err: error }, message);
  }
}

/** The server's own log: of what is less than an error it says nothing that the service does not say itself. */
function serverLog(log: Logger): FastifyBaseLogger {
  return log.child({}, { level: log.isLevelEnabled('debug') ? log.level : log.isLevelEnabled('error') ? 'error' : log.level });
}

/** The commands; `changed` is done for each change before it is answered. */
function commandsOf(intake: IntakeQueue, changed: (changeId: string) => Promise<void>): Commands {
  return {
    async submit(command) {
      try {
        const result = await intake.submit(command);
        if (command.kind === 'change' && result.ok) await changed(command.change.id);
        return result;
      } catch (error) {
        if (error instanceof IntakeUnavailable) throw new ServiceUnavailable(error.message, error.retryAfterSeconds, { cause: error });
        throw error;
      }
    },
  };
}
