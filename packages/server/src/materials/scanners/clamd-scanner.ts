import { connect, type Socket } from 'node:net';
import { Fault } from '@openbeian/model/fault';
import type { VirusScanner } from '../../ports/index.ts';

export interface ClamdSettings {
  /** Where clamd listens: a socket's path, or host and port. */
  readonly at: { readonly path: string } | { readonly host: string; readonly port: number };
  /** From the connection to the verdict. */
  readonly timeoutMs: number;
}

/** Of one piece of the stream. */
const pieceBytes = 65_536;
/** A verdict is one short line. */
const mostAnswerBytes = 4096;

/** Asks a clamd by its own protocol: `zINSTREAM`, pieces with their length before them, one answer (clamd(8)). */
export function createClamdScanner({ at, timeoutMs }: ClamdSettings): VirusScanner {
  return {
    async scan(bytes) {
      const answer = await ask(connect(at), bytes, timeoutMs).catch((cause: unknown) => {
        throw new Fault('material.scan_unavailable', { cause });
      });
      if (/^stream: OK$/.test(answer)) return 'clean';
      const [, name] = /^stream: (.{1,200}) FOUND$/.exec(answer) ?? [];
      if (name !== undefined) return { infected: name };
      // Too large for it, or it has no signatures: nothing was said about the file.
      throw new Fault('material.scan_unavailable', { cause: new Error(`clamd answers: ${answer.slice(0, 200)}`) });
    },
  };
}

function ask(socket: Socket, bytes: Uint8Array, timeoutMs: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(() => socket.destroy(new Error('clamd takes too long')), timeoutMs);
  const chunks: Buffer[] = [];
  socket.on('connect', () => {
    socket.write('zINSTREAM\0');
    for (let from = 0; from < bytes.byteLength; from += pieceBytes) socket.write(pieceOf(bytes, from));
    socket.write(Buffer.alloc(4));
  });
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if (Buffer.concat(chunks).byteLength > mostAnswerBytes) socket.destroy(new Error('clamd answers too much'));
  });
  socket.on('error', reject);
  socket.on('close', () => {
    clearTimeout(timer);
    const [line = ''] = Buffer.concat(chunks).toString('utf8').split('\0');
    if (line === '') reject(new Error('clamd closed the connection without an answer'));
    else resolve(line.trim());
  });
  return promise;
}

function pieceOf(bytes: Uint8Array, from: number): Buffer {
  const piece = bytes.subarray(from, from + pieceBytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(piece.byteLength);
  return Buffer.concat([length, piece]);
}
