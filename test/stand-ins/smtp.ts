// A stand-in for a mail server (RFC 5321), as far as Winnow talks to one, whose next replies can be scripted to fail.

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** Where in an exchange something fails: at the greeting, at a command, or after the message. */
export type Stage = 'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'message';

/** How an exchange fails. */
export type SmtpFailure =
  /** Replies with this line; with 4yz and 5yz nothing takes effect. */
  | { readonly kind: 'reply'; readonly at: Stage; readonly line: string }
  /** Never replies. */
  | { readonly kind: 'hang'; readonly at: Stage }
  /** Breaks the connection; with `applied`, the message is taken all the same. */
  | { readonly kind: 'reset'; readonly at: Stage; readonly applied?: boolean };

/** A message as it was taken. */
export interface StandInMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Who logged in, `\0USER\0PASSWORD`; null when nobody did. */
  readonly login: string | null;
  /** Headers and body as they came, lines ended by CRLF. */
  readonly data: string;
}

/** A running stand-in. */
export interface SmtpStandIn {
  readonly port: number;
  readonly mails: readonly StandInMail[];
  /** How many connections there were. */
  readonly connections: number;
  failNext(failure: SmtpFailure): void;
  close(): Promise<void>;
}

/** Starts the stand-in; it offers AUTH PLAIN, and no STARTTLS. */
export async function startSmtp(): Promise<SmtpStandIn> {
  const mails: StandInMail[] = [];
  const failures: SmtpFailure[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    const failure = failures.shift();
    let mail = { from: '', to: [] as string[], login: null as string | null };
    let data: string | null = null;
    let buffer = '';
    const reply = (at: Stage, line: string, apply: () => void = () => undefined) => {
      if (failure?.at !== at) {
        apply();
        socket.write(`${line}\r\n`);
      } else if (failure.kind === 'reply') socket.write(`${failure.line}\r\n`);
      else if (failure.kind === 'reset') {
        if (failure.applied === true) apply();
        socket.resetAndDestroy();
      }
    };
    const command = (line: string) => {
      const argument = /<([^>]*)>/.exec(line)?.[1] ?? '';
      if (/^EHLO/i.test(line)) reply('EHLO', '250-stand-in\r\n250 AUTH PLAIN');
      else if (/^AUTH PLAIN /i.test(line)) {
        mail.login = Buffer.from(line.slice(11), 'base64').toString('utf8');
        reply('AUTH', '235 2.7.0 welcome');
      } else if (/^MAIL FROM/i.test(line)) {
        mail = { ...mail, from: argument, to: [] };
        reply('MAIL', '250 2.1.0 ok');
      } else if (/^RCPT TO/i.test(line)) {
        mail.to.push(argument);
        reply('RCPT', '250 2.1.5 ok');
      } else if (/^DATA/i.test(line)) {
        reply('DATA', '354 go ahead', () => {
          data = '';
        });
      } else if (/^QUIT/i.test(line)) socket.end('221 2.0.0 bye\r\n');
      else socket.write('502 5.5.1 unknown\r\n');
    };
    socket.on('data', (chunk) => {
      buffer += chunk.toString('utf8');
      for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (data === null) command(line);
        else if (line !== '.') data += `${line.replace(/^\./, '')}\r\n`;
        else {
          const whole = data;
          data = null;
          reply('message', '250 2.0.0 taken', () => void mails.push({ ...mail, data: whole }));
        }
      }
    });
    reply('greeting', '220 stand-in ESMTP');
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    get connections() {
      return connections;
    },
    failNext: (failure) => void failures.push(failure),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
