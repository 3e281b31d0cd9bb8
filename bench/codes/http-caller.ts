import { connect } from 'node:net';

/** What the answers of this measurement are: short, with a length, one after the other on one connection. */
const headEnd = '\r\n\r\n';

/**
 * One keep-alive connection that asks and waits, with as little work as a caller can have: the measured server and its
 * caller share the machine. Refuses anything but 200.
 */
export async function openHttpCaller(baseUrl: string, headers: Readonly<Record<string, string>>) {
  const { hostname, port, host } = new URL(baseUrl);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
  const fixed = Object.entries({ host, 'content-type': 'application/json', ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  let got = '';
  let answered: { resolve: () => void; reject: (error: Error) => void } | null = null;
  socket.setEncoding('latin1').on('data', (text: string) => {
    got += text;
    const end = got.indexOf(headEnd);
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(got.slice(0, end))?.[1]);
    if (got.length < end + headEnd.length + length) return;
    const answer = got;
    got = '';
    if (answer.startsWith('HTTP/1.1 200')) answered?.resolve();
    else answered?.reject(new Error(answer.slice(0, 1000)));
  });
  socket.on('close', () => answered?.reject(new Error('the server closed the connection')));
  return {
    post(path: string, idempotencyKey: string, body: string): Promise<void> {
      return new Promise((resolve, reject) => {
        answered = { resolve, reject };
        const length = Buffer.byteLength(body);
        socket.write(
          `POST ${path} HTTP/1.1\r\n${fixed}idempotency-key: ${idempotencyKey}\r\ncontent-length: ${length}${headEnd}${body}`,
        );
      });
    },
    close: () => void socket.destroy(),
  };
}
