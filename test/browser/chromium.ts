// Drives a headless Chromium over the DevTools protocol, spoken on a pipe, so that nothing but the browser is needed.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** How a page is looked at. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly dark: boolean;
}

/** A page in the browser. */
export interface BrowserPage {
  open(url: string): Promise<void>;
  /** The value of an expression in the page; promises are waited for. Throws what it throws. */
  evaluate<T>(expression: string): Promise<T>;
  /** Resolves once an expression is true in the page; rejects with what the page shows when it does not become so within 10 s. */
  until(expression: string): Promise<void>;
  /** Clicks the middle of the first element that a selector finds, as a mouse does. */
  click(selector: string): Promise<void>;
  /** Types into what has the focus, as a keyboard does. */
  type(text: string): Promise<void>;
  press(key: 'Enter' | 'Tab'): Promise<void>;
  look(look: Look): Promise<void>;
  /** A picture of what is seen without scrolling, as PNG. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
  /** What went wrong in the page: uncaught errors, messages of the console that are errors, refused by the policy, and dialogs. */
  readonly complaints: readonly string[];
}

/** A running browser. */
export interface Chromium {
  newPage(): Promise<BrowserPage>;
  close(): Promise<void>;
}

type Message = {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
};
// biome-ignore lint/suspicious/noExplicitAny: the protocol has hundreds of shapes
type Params = Record<string, any>;

const PATIENCE = 10_000;

/** The browser to run: the variable CHROMIUM, else `chromium` on the PATH. */
export function chromiumCommand(): string {
  return process.env['CHROMIUM'] ?? 'chromium';
}

/** Starts Chromium. Rejects, saying what to install, when there is none. */
export async function startChromium(): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), 'winnow-chromium-'));
  const child = spawn(
    chromiumCommand(),
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--hide-scrollbars',
      `--user-data-dir=${profile}`,
      '--remote-debugging-pipe',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await once(child, 'spawn');
  } catch {
    await close();
    throw new Error(`${chromiumCommand()} does not run: install Chromium (apt-get install chromium), or name another browser of its kind in CHROMIUM`);
  }
  const protocol = speak(child);
  return {
    async newPage() {
      const { targetId } = await protocol.send('Target.createTarget', { url: 'about:blank' });
      const { sessionId } = await protocol.send('Target.attachToTarget', { targetId, flatten: true });
      return pageOf(protocol, sessionId as string, targetId as string);
    },
    close,
  };
}

interface Protocol {
  send(method: string, params?: Params, sessionId?: string): Promise<Params>;
  on(listener: (message: Message) => void): void;
}

function speak(child: ChildProcess): Protocol {
  const [output, input] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const waiting = new Map<number, { readonly resolve: (result: Params) => void; readonly reject: (error: Error) => void }>();
  const listeners: ((message: Message) => void)[] = [];
  let last = 0;
  let rest = '';
  input.setEncoding('utf8').on('data', (piece: string) => {
    const messages = `${rest}${piece}`.split('\0');
    rest = messages.pop() ?? '';
    for (const text of messages) {
      const message = JSON.parse(text) as Message;
      const asked = waiting.get(message.id ?? 0);
      waiting.delete(message.id ?? 0);
      if (message.error !== undefined) asked?.reject(new Error(message.error.message));
      else asked?.resolve(message.result ?? {});
      for (const listener of listeners) listener(message);
    }
  });
  const gone = () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser is gone'));
    waiting.clear();
  };
  output.on('error', gone);
  child.on('exit', gone);
  return {
    send(method, params = {}, sessionId) {
      last += 1;
      const id = last;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        output.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
      });
    },
    on: (listener) => listeners.push(listener),
  };
}

async function pageOf(protocol: Protocol, sessionId: string, targetId: string): Promise<BrowserPage> {
  const complaints: string[] = [];
  const send = (method: string, params?: Params) => protocol.send(method, params, sessionId);
  protocol.on((message) => {
    if (message.sessionId !== sessionId) return;
    const { method, params = {} } = message;
    if (method === 'Runtime.exceptionThrown') complaints.push(String(params['exceptionDetails'].exception?.description ?? params['exceptionDetails'].text));
    if (method === 'Log.entryAdded' && params['entry'].level === 'error' && params['entry'].source !== 'network') complaints.push(String(params['entry'].text));
    if (method === 'Page.javascriptDialogOpening') {
      complaints.push(`a dialog: ${String(params['message'])}`);
      void send('Page.handleJavaScriptDialog', { accept: false }).catch(() => undefined);
    }
  });
  for (const domain of ['Page', 'Runtime', 'Log']) await send(`${domain}.enable`);

  const evaluate = async <T>(expression: string): Promise<T> => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails !== undefined) throw new Error(String(exceptionDetails.exception?.description ?? exceptionDetails.text));
    return result.value as T;
  };
  const until = async (expression: string) => {
    for (const end = performance.now() + PATIENCE; performance.now() < end; ) {
      if (await evaluate<boolean>(`Boolean(${expression})`).catch(() => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not true: ${expression}; the page shows: ${await evaluate<string>('document.body.innerText')}`);
  };
  return {
    complaints,
    close: async () => void (await protocol.send('Target.closeTarget', { targetId })),
    evaluate,
    until,
    async open(url) {
      await send('Page.navigate', { url });
      await until(`document.readyState === 'complete' && location.href === ${JSON.stringify(url)}`);
    },
    async click(selector) {
      const found = `document.querySelector(${JSON.stringify(selector)})`;
      await until(found);
      const [x, y] = await evaluate<[number, number]>(
        `(() => { const found = ${found}; found.scrollIntoView({ block: 'center' }); const box = found.getClientRects()[0]; return [box.x + box.width / 2, box.y + box.height / 2]; })()`,
      );
      for (const type of ['mousePressed', 'mouseReleased']) await send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
    },
    type: async (text) => void (await send('Input.insertText', { text })),
    async press(key) {
      const code = key === 'Enter' ? 13 : 9;
      const event = { key, code: key, windowsVirtualKeyCode: code, ...(key === 'Enter' ? { text: '\r' } : {}) };
      await send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    },
    async look({ width, height, dark }) {
      await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 });
      await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }] });
    },
    async screenshot() {
      const { data } = await send('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(data as string, 'base64');
    },
  };
}
