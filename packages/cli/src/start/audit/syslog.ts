import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectPlain, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { connect as connectTls } from 'node:tls';
import { InputError } from '../../io/input.ts';
import type { Lang } from '../../io/words.ts';
import { auditWords as words } from './words.ts';

/** Where a syslog receiver is: `tls://HOST:PORT` (RFC 5425), or `tcp://` of a relay on this machine (RFC 6587). */
export interface SyslogReceiver {
  readonly url: string;
  /** PEM of the authority that signed the receiver's certificate; null: the platform's. */
  readonly caFile: string | null;
}

const portOfTls = 6514;
const longestSilenceMs = 30_000;

/** Facility 13, “log audit”, and severity 6, informational. */
const priority = 13 * 8 + 6;

/**
 * A message of RFC 5424 with its length in front. The text is a line of the export as it is, so that the receiver has the rows, their
 * seals and the signature.
 * @param kind becomes the MSGID @param at of the row; null for lines without one
 */
function syslogMessage({ kind, at }: { readonly kind: string; readonly at: string | null }, text: string): Buffer {
  const head = `<${priority}>1 ${at ?? '-'} ${hostname() || '-'} openbeian - ${kind} -`;
  const message = Buffer.from(`${head} ${text}`);
  return Buffer.concat([Buffer.from(`${message.length} `), message]);
}

/**
 * Sends lines of an export. Syslog has no acknowledgement: they have arrived when the connection ends in order.
 * @throws InputError where the address is none, or the receiver cannot be reached, is not believed or breaks off
 */
export async function sendToSyslog(receiver: SyslogReceiver, lines: AsyncIterable<string>, lang: Lang): Promise<void> {
  const { url } = receiver;
  const fail = (why: string) => new InputError(words.syslogFailed(url, why)[lang]);
  const socket = open(receiver, lang);
  const broken = new Promise<never>((_, reject) => {
    socket.once('error', (error) => reject(fail(error.message)));
    socket.setTimeout(longestSilenceMs, () => socket.destroy(new Error('timeout')));
  });
  // Whoever waits for it hears of it; otherwise nobody needs to.
  broken.catch(() => {});
  try {
    await Promise.race([once(socket, url.startsWith('tls:') ? 'secureConnect' : 'connect'), broken]);
    for await (const line of lines) {
      const written = socket.write(syslogMessage(headOf(line), line.trimEnd()));
      if (!written) await Promise.race([once(socket, 'drain'), broken]);
    }
    const closed = once(socket, 'close');
    socket.end();
    socket.resume();
    await Promise.race([closed, broken]);
  } finally {
    socket.destroy();
  }
}

interface Destination {
  readonly host: string;
  readonly port: number;
  /** Null: plain, to a relay on this machine. */
  readonly tls: { readonly ca?: Buffer } | null;
}

/**
 * Where a receiver is, before anything is sent.
 * @throws InputError where the address is none, or is to be reached in plain text elsewhere, or the file of the authority is not read
 */
export function requireReceiver({ url, caFile }: SyslogReceiver, lang: Lang): Destination {
  const { protocol, hostname: named, port } = URL.canParse(url) ? new URL(url) : new URL('none://none');
  const host = named.replace(/^\[|\]$/g, '');
  if (protocol === 'tls:' && host !== '') {
    return { host, port: Number(port || portOfTls), tls: caFile === null ? {} : { ca: authorityIn(caFile, lang) } };
  }
  const isHere = host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
  if (protocol !== 'tcp:' || !isHere || port === '') throw new InputError(words.syslogAddress(url)[lang]);
  return { host, port: Number(port), tls: null };
}

function authorityIn(file: string, lang: Lang): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new InputError(words.syslogAuthority(file)[lang]);
  }
}

function open(receiver: SyslogReceiver, lang: Lang): Socket {
  const { host, port, tls } = requireReceiver(receiver, lang);
  return tls === null ? connectPlain({ host, port }) : connectTls({ host, port, servername: host, ...tls });
}

/** The lines are ours, each a JSON object with its kind. */
function headOf(line: string): { readonly kind: string; readonly at: string | null } {
  const { kind, row } = JSON.parse(line) as { readonly kind: string; readonly row?: { readonly at: string } };
  return { kind, at: row?.at ?? null };
}
