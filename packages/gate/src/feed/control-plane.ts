import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import {
  type ChangesAnswer,
  decodePreamble,
  headerLength,
  type LoggedAnswer,
  parseChangesAnswer,
  preambleLength,
} from '@openbeian/model/gate';
import type { GateConfig } from '../config.ts';

/** The control plane as a gate asks it. What it does not answer as it should is an error with a code for the log: `codeOf`. */
export interface ControlPlane {
  /**
   * The changes behind a position, as they came. Where the question before was answered (`isInTouch`) this one waits until there are
   * some, as long as the configuration says; otherwise it is answered at once.
   */
  changesAfter(
    position: { readonly sequence: number; readonly mark: string },
    isInTouch: boolean,
  ): Promise<LoggedAnswer>;
  /** Downloads a snapshot that has at least this change (0 for any) to a new file. */
  downloadSnapshot(atLeast: number, file: string): Promise<void>;
}

/** Of answers with changes: base64 of an Ed25519 or SM2 signature over the purpose and the body (docs/gate-snapshot.md). */
const signatureHeader = 'openbeian-signature';
/** Beyond the time that the control plane may hold the question: for reading, sending and a slow line. */
const answerWithinMs = 30_000;
/** Between two bytes of a snapshot; building a large one takes the control plane a minute or two. */
const snapshotWithinMs = 600_000;

/** Many times what the control plane tells at once: a longer answer is none of its own. */
const longestAnswerBytes = 64 * 1024 * 1024;

/** What the gate says of itself with each question: a line of JSON (docs/gate-snapshot.md). */
const reportHeader = 'openbeian-gate';

/**
 * @param stopping ends every request
 * @param report what the gate says of itself now; empty: nothing
 */
export function openControlPlane(
  { controlUrl, token, waitMs }: Pick<GateConfig, 'controlUrl' | 'token' | 'waitMs'>,
  stopping: AbortSignal,
  report: () => string = () => '',
): ControlPlane {
  const root = `${controlUrl.replace(/\/+$/, '')}/api/v1/gate`;

  async function ask(path: string, withinMs: number): Promise<Response> {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(withinMs)]);
    const said = report();
    const headers = { authorization: `Bearer ${token}`, ...(said !== '' && { [reportHeader]: said }) };
    const answer = await fetch(`${root}/${path}`, { headers, signal, redirect: 'error' });
    if (answer.status === 200) return answer;
    await answer.body?.cancel();
    throw troubleOf(`status_${answer.status}`);
  }

  return {
    async changesAfter({ sequence, mark }, isInTouch) {
      const patienceMs = isInTouch ? waitMs : 0;
      const query = `changes?after=${sequence}&mark=${encodeURIComponent(mark)}&waitMs=${patienceMs}`;
      const answer = await ask(query, patienceMs + answerWithinMs);
      return { text: await textOf(answer), signature: answer.headers.get(signatureHeader) };
    },
    async downloadSnapshot(atLeast, path) {
      const answer = await ask(atLeast > 0 ? `snapshot.bin?atLeast=${atLeast}` : 'snapshot.bin', snapshotWithinMs);
      const file = await open(path, 'wx', 0o640);
      try {
        for await (const chunk of asLongAsItSays(bodyOf(answer))) await file.appendFile(chunk);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

const bodyOf = ({ body }: Response): AsyncIterable<Uint8Array> => body ?? Readable.from([]);

/** @throws the error for an answer that does not end: it would fill the memory */
async function textOf(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of bodyOf(answer)) {
    bytes += chunk.byteLength;
    if (bytes > longestAnswerBytes) throw troubleOf('answer_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * The bytes of a snapshot, which says at its beginning how long it is: what goes on behind that, or begins as none does, is left
 * there, or it would fill the disk. It is then refused as every file that is damaged.
 */
async function* asLongAsItSays(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const length = new LengthInBeginning();
  let bytes = 0;
  for await (const chunk of body) {
    yield chunk;
    bytes += chunk.byteLength;
    if (bytes > length.after(chunk)) return;
  }
}

/** Reads how long a snapshot is from its first bytes. */
class LengthInBeginning {
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  /** What must be there for the next step. */
  #wanted = headerLength;
  #known: number | null = null;

  /** How long the file may be, as far as its bytes up to this chunk tell. */
  after(chunk: Uint8Array): number {
    if (this.#known !== null) return this.#known;
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    if (this.#bytes < this.#wanted) return this.#wanted;
    const beginning = Buffer.concat(this.#chunks);
    this.#chunks = [beginning];
    this.#wanted = preambleLength(beginning) ?? 0;
    if (this.#bytes < this.#wanted) return this.#wanted;
    this.#known = fileLengthIn(beginning.subarray(0, this.#wanted));
    this.#chunks = [];
    return this.#known;
  }
}

function fileLengthIn(preamble: Uint8Array): number {
  try {
    return decodePreamble(preamble, crc32).header.fileLength;
  } catch {
    return 0;
  }
}

/** @throws the error for an answer that cannot be read */
export function readAnswer(text: string): ChangesAnswer {
  try {
    return parseChangesAnswer(JSON.parse(text));
  } catch {
    throw troubleOf('answer_unreadable');
  }
}

/** An error with a code for the log. */
export function troubleOf(code: string): Error {
  return new Error('the control plane’s answer cannot be used', { cause: { code } });
}

/** A short code for the log: ours, the system's (ECONNREFUSED), or the kind of error (TimeoutError). */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code: own } = error as { code?: unknown };
  const { code } = (error.cause ?? {}) as { code?: unknown };
  if (typeof code === 'string') return code;
  return typeof own === 'string' ? own : error.name;
}
