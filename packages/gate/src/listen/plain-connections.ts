import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Answerer } from '../answer/answer.ts';
import type { GateConfig } from '../config.ts';
import { createAnswerWriter } from './answer-text.ts';
import { PlainQuestion } from './plain-question.ts';

/** Connections that have asked nothing but plain questions so far. */
export interface PlainConnections {
  /** Ends them, each after the answer that is being sent. */
  close(): void;
}

type ToNode = (this: Server, socket: Socket) => void;

/**
 * Answers plain questions without Node's objects for each request, which take longer than an answer. A connection on which anything
 * else comes, or whose asker does not take answers in time, is given to the server from then on, with what came.
 * @param server that does not listen yet
 */
export function answerPlainQuestions(
  server: Server,
  answerer: Pick<Answerer, 'answerPlain'>,
  { headersMs, requestMs, idleMs }: GateConfig['timeouts'],
): PlainConnections {
  // An HTTP server's own listener; others may have been added since.
  const toNode = server.listeners('connection')[0] as ToNode;
  server.removeListener('connection', toNode);
  const writer = createAnswerWriter(idleMs);
  const question = new PlainQuestion();
  const open = new Set<Socket>();

  function serve(socket: Socket): void {
    let hasAsked = false;
    const onEnd = () => socket.end();
    const onTimeout = () => socket.destroy();
    const onClose = () => open.delete(socket);
    const onError = () => {};
    const onData = (bytes: Buffer) => {
      if (socket.writableLength > 0 || !question.read(bytes)) {
        giveToNode(bytes);
        return;
      }
      const answer = answerer.answerPlain(question);
      socket.write(writer.textOf(answer), answer.body === null ? 'latin1' : 'utf8');
      if (hasAsked) return;
      hasAsked = true;
      socket.setTimeout(idleMs);
    };
    const giveToNode = (bytes: Buffer) => {
      open.delete(socket);
      socket.setTimeout(0);
      socket
        .off('data', onData)
        .off('end', onEnd)
        .off('timeout', onTimeout)
        .off('close', onClose)
        .off('error', onError);
      toNode.call(server, socket);
      socket.unshift(bytes);
    };
    open.add(socket);
    // Who says nothing is cut off as who does not finish a question; from the first piece of another question on Node counts.
    socket.setTimeout(Math.min(headersMs, requestMs));
    socket.on('data', onData).on('end', onEnd).on('timeout', onTimeout).on('close', onClose).on('error', onError);
  }

  server.on('connection', (socket: Socket) => {
    if (!socket.destroyed) serve(socket);
  });
  return {
    close() {
      for (const socket of open) socket.destroySoon();
    },
  };
}
