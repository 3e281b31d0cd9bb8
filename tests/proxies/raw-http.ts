import { connect } from 'node:net';

/** An answer as it came over the wire. */
export interface RawAnswer {
  /** 0 where the connection ended without an answer. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends bytes as they are and reads until the connection ends: real clients' libraries would correct, or refuse to send,
 * most of what is tested here. The request must ask for `Connection: close`.
 */
export function sendRaw(port: number, request: string | Buffer): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer within ten seconds')));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(parseAnswer(Buffer.concat(chunks))));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A proxy that refuses a request may reset the connection behind its answer.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
  });
}

/**
 * Sends a request and, once the head of an answer is there, more bytes on the same connection, as after an upgrade; ends when
 * either side has closed it or nothing came for a quarter of a second.
 */
export function sendThenMore(port: number, request: string, more: string): Promise<{ readonly head: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    let isSent = false;
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const end = () => {
      socket.destroy();
      resolve({ head: text.slice(0, text.indexOf('\r\n\r\n') + 2) });
    };
    socket.setTimeout(10_000, () => reject(new Error('no answer within ten seconds')));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (isSent || !text.includes('\r\n\r\n')) return;
      isSent = true;
      socket.removeAllListeners('timeout');
      socket.write(more);
      socket.setTimeout(250, end);
    });
    socket.on('close', end);
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
  });
}

function parseAnswer(bytes: Buffer): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, end < 0 ? bytes.length : end).toString('latin1');
  const [first = '', ...lines] = head.split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const rest = end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 4);
  const body = headers['transfer-encoding'] === 'chunked' ? unchunked(rest) : rest;
  return { status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? 0), headers, body: body.toString('utf8') };
}

function unchunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const line = bytes.indexOf('\r\n', at);
    const length = Number.parseInt(bytes.subarray(at, line).toString('latin1'), 16);
    if (line < 0 || !(length > 0)) break;
    parts.push(bytes.subarray(line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
  return Buffer.concat(parts);
}
