import { STATUS_CODES } from 'node:http';
import { type Answer, lengthOf } from '../answer/wire.ts';

/** Writes answers as HTTP/1.1, for connections that stay open. */
export interface AnswerWriter {
  /** The whole answer. Its head is ASCII. */
  textOf(answer: Answer): string;
}

/**
 * @param idleMs how long a connection is kept open without a question
 * @param nowMs the clock of the Date header, in epoch milliseconds: as Node's own HTTP, the system's
 */
export function createAnswerWriter(idleMs: number, nowMs: () => number = Date.now): AnswerWriter {
  const kept = new Map<Answer, string>();
  let second = Number.NaN;
  let ending = '';
  return {
    textOf(answer) {
      const current = Math.floor(nowMs() / 1000);
      if (current !== second) {
        second = current;
        kept.clear();
        const keeping = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(idleMs / 1000)}`;
        ending = `Date: ${new Date(current * 1000).toUTCString()}\r\n${keeping}\r\n\r\n`;
      }
      const known = kept.get(answer);
      if (known !== undefined) return known;
      const text = `${headOf(answer)}${ending}${answer.body ?? ''}`;
      if (answer.isLasting) kept.set(answer, text);
      return text;
    },
  };
}

/** What may not be in a header, and whatever else is not ASCII. */
const unwritable = /[^\x20-\x7e]/;

function headOf(answer: Answer): string {
  let head = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n`;
  const headers = [...answer.headers, ...lengthOf(answer)];
  for (let at = 0; at < headers.length; at += 2) {
    const line = `${headers[at]}: ${headers[at + 1]}`;
    if (unwritable.test(line)) throw new Error(`the header ${headers[at]} of an answer cannot be written`);
    head += `${line}\r\n`;
  }
  return head;
}
