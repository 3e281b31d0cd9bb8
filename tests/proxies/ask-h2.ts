import { type ClientHttp2Session, connect, constants } from 'node:http2';

/** One request over HTTP/2 and how to reach the proxy. */
export interface H2Request {
  readonly authority: string;
  /** A `host` field beside `:authority`. */
  readonly host?: string;
  readonly path?: string;
  /** Name in the TLS handshake; without it HTTP/2 is spoken without TLS. */
  readonly serverName?: string;
}

/** Asks a proxy over HTTP/2. The status is 0 where the stream or the connection was refused. */
export async function askH2(
  port: number,
  { authority, host, path = '/', serverName }: H2Request,
): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>> }> {
  const session =
    serverName === undefined
      ? connect(`http://127.0.0.1:${port}`)
      : connect(`https://127.0.0.1:${port}`, { servername: serverName, rejectUnauthorized: false });
  try {
    return await answerOf(session, {
      ':authority': authority,
      ':path': path,
      ...(host !== undefined && { host }),
    });
  } finally {
    session.destroy();
  }
}

function answerOf(
  session: ClientHttp2Session,
  headers: Record<string, string>,
): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>> }> {
  return new Promise((resolve) => {
    const refused = () => resolve({ status: 0, headers: {} });
    session.on('error', refused).on('close', refused);
    const stream = session.request(headers);
    stream.setTimeout(10_000, () => stream.close(constants.NGHTTP2_CANCEL));
    stream.on('error', refused).on('close', refused);
    stream.on('response', (given) => {
      const named = Object.entries(given).map(([name, value]) => [name, String(value)]);
      stream.on('end', () => resolve({ status: given[':status'] ?? 0, headers: Object.fromEntries(named) }));
      stream.resume();
    });
    stream.end();
  });
}
