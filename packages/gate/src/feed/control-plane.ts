import { open } from 'node:fs/promises';
import { type ChangesAnswer, type LoggedAnswer, parseChangesAnswer } from '@openbeian/model/gate';
import type { GateConfig } from '../config.ts';

/** The control plane as a gate asks it. What it does not answer as it should is an error with a code for the log: `codeOf`. */
export interface ControlPlane {
  /** The changes behind a position, as they came; waits until there are some, as long as the configuration says. */
  changesAfter(position: { readonly sequence: number; readonly mark: string }): Promise<LoggedAnswer>;
  /** Downloads a snapshot that has at least this change (0 for any) to a new file. */
  downloadSnapshot(atLeast: number, file: string): Promise<void>;
}

/** Of answers with changes: base64 of an Ed25519 or SM2 signature over the purpose and the body (docs/gate-snapshot.md). */
const signatureHeader = 'openbeian-signature';
/** Beyond the time that the control plane may hold the question: for reading, sending and a slow line. */
const answerWithinMs = 30_000;
/** Between two bytes of a snapshot; building a large one takes the control plane a minute or two. */
const snapshotWithinMs = 600_000;

/** @param stopping ends every request */
export function openControlPlane(
  { controlUrl, token, waitMs }: Pick<GateConfig, 'controlUrl' | 'token' | 'waitMs'>,
  stopping: AbortSignal,
): ControlPlane {
  const root = `${controlUrl.replace(/\/+$/, '')}/api/v1/gate`;

  async function ask(path: string, withinMs: number): Promise<Response> {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(withinMs)]);
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${root}/${path}`, { headers, signal, redirect: 'error' });
    if (answer.status === 200) return answer;
    await answer.body?.cancel();
    throw troubleOf(`status_${answer.status}`);
  }

  return {
    async changesAfter({ sequence, mark }) {
      const query = `changes?after=${sequence}&mark=${encodeURIComponent(mark)}&waitMs=${waitMs}`;
      const answer = await ask(query, waitMs + answerWithinMs);
      return { text: await answer.text(), signature: answer.headers.get(signatureHeader) };
    },
    async downloadSnapshot(atLeast, path) {
      const answer = await ask(atLeast > 0 ? `snapshot.bin?atLeast=${atLeast}` : 'snapshot.bin', snapshotWithinMs);
      const file = await open(path, 'wx', 0o640);
      try {
        for await (const chunk of answer.body ?? []) await file.appendFile(chunk as Uint8Array);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
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
