import { connect } from 'node:net';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface Caller {
  /** The body of a 200; anything else is thrown. */
  ask(request: Request): Promise<Buffer>;
  close(): void;
}

const headEnd = '\r\n\r\n';

/** One keep-alive connection that asks and waits, with as little work as a caller can have: all share the machine. */
export async function openCaller(baseUrl: string): Promise<Caller> {
  const { hostname, port, host } = new URL(baseUrl);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
  let parts: Buffer[] = [];
  let got = 0;
  let whole = 0;
  let head = 0;
  let waiting: { resolve: (body: Buffer) => void; reject: (error: Error) => void } | null = null;
  socket.on('data', (chunk: Buffer) => {
    parts.push(chunk);
    got += chunk.length;
    if (whole === 0) {
      const text = Buffer.concat(parts).toString('latin1');
      const end = text.indexOf(headEnd);
      if (end < 0) return;
      head = end + headEnd.length;
      whole = head + Number(/content-length: (\d+)/i.exec(text.slice(0, end))?.[1]);
    }
    if (got < whole) return;
    const answer = Buffer.concat(parts);
    parts = [];
    got = 0;
    whole = 0;
    if (answer.subarray(0, 12).toString('latin1') === 'HTTP/1.1 200') waiting?.resolve(answer.subarray(head));
    else waiting?.reject(new Error(answer.toString().slice(0, 3000)));
  });
  socket.on('close', () => waiting?.reject(new Error('the server closed the connection')));
  return {
    ask({ method, path, headers, body }) {
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        let text = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n`;
        for (const [name, value] of Object.entries(headers)) text += `${name}: ${value}\r\n`;
        if (body !== null) text += `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
        socket.write(`${text}\r\n${body ?? ''}`);
      });
    },
    close: () => void socket.destroy(),
  };
}
