// Draws the web page as it shows a failed GPU node, from a running service, in Chromium: `npm run draw` writes docs/images/web-page*.png.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChromium } from '../test/browser/chromium.ts';
import { startService } from '../test/integration/service/running-service.ts';
import { postUntilAccepted } from '../test/integration/service/webhooks.ts';
import { ROOT, say } from './say.mjs';

const OUT = join(ROOT, 'docs/images');
/** How long after each other the parts of the platform fail. */
const BETWEEN = 8_000;
const PICTURES = [
  { name: 'web-page.png', width: 1200, height: 800, dark: false },
  { name: 'web-page-phone.png', width: 390, height: 844, dark: true },
];

const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const dataDir = mkdtempSync(join(tmpdir(), 'winnow-draw-'));
const service = await startService({ config: read('examples/winnow.yaml'), dataDir });
const chromium = await startChromium();
try {
  say('posting a fault, which takes half a minute to be told');
  for (const part of ['1-node', '2-service', '3-model']) {
    await postUntilAccepted(service.url, read(`test/fixtures/web-page/${part}.json`));
    await sleep(BETWEEN);
  }
  const { items } = await (await fetch(`${service.url}/api/v1/incidents?severity=critical&alerts=0`)).json();
  mkdirSync(OUT, { recursive: true });
  for (const { name, ...look } of PICTURES) {
    const page = await chromium.newPage();
    await page.look(look);
    await page.open(`${service.url}/#/incidents/${items[0].id}`);
    await page.until("document.querySelector('.deliveries')?.innerText.includes('told') && document.querySelector('#live').innerText === 'live'");
    writeFileSync(join(OUT, name), await page.screenshot());
    await page.close();
  }
} finally {
  await chromium.close();
  await service.close();
  rmSync(dataDir, { recursive: true, force: true });
}
