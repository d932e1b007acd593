// A process that owns an embedded Redis until it is killed: `node --import tsx embedded-redis-owner.ts DATA_DIR`.

import { startEmbeddedRedis } from '../../../src/store/embedded-redis.ts';

const log = { info: () => undefined, warn: () => undefined };
const redis = await startEmbeddedRedis({ dataDir: process.argv[2] ?? '', log });
process.on('SIGTERM', () => void redis.stop().then(() => process.exit(0)));
process.stdout.write(`${redis.socketPath}\n`);
setInterval(() => undefined, 60_000);
