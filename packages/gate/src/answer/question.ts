import { readHostHeader } from '@openbeian/model/domain-name';
import { byGateReason, decisionOf, type GateReason } from '@openbeian/model/gate';
import { type AnswerContext, type Asked, isReading } from './answer-context.ts';
import { askedHost, type QuestionShape, visitorRequest } from './asked-host.ts';
import { refuse } from './refusal.ts';
import type { Answer } from './wire.ts';

/**
 * Answers a proxy's question whether it may serve a request: 1. the host that the visitor asked for; 2. why it may or may not be
 * served; 3. a pass, a pass as a certificate's validation only, or the refusal.
 */
export function answerQuestion(context: AnswerContext, asked: Asked, shape: QuestionShape): Answer {
  const { keeper, metrics, config, challenges } = context;
  const { request, asking } = asked;
  const begunMs = performance.now();
  const host = askedHost(request, shape);
  const reason = keeper.shown.evaluate(host, asking, context.today());
  metrics.countDecision(reason, performance.now() - begunMs);
  const pass = passes[shape.served][reason];
  if (context.isServed(reason)) return pass;
  const visitor = visitorRequest(request, shape);
  if (config.acmeChallenge === 'allow' && challenges.lets(host, reason, visitor)) {
    metrics.countChallenge();
    return { status: shape.served, headers: [...pass.headers, 'x-openbeian-pass', 'acme_challenge'], body: null };
  }
  const read = readHostHeader(host);
  metrics.countBlocked(read, reason);
  return refuse(context, asked, decisionOf(host, reason, config.blockPage, read), {
    redirects: shape.handsOn && isReading(visitor.method),
    takes503: shape.takes503,
  });
}

/** "Serve it", made once. */
const passes = { 200: passesByReason(200), 204: passesByReason(204) };

function passesByReason(status: 200 | 204): Readonly<Record<GateReason, Answer>> {
  return byGateReason((reason) => ({
    status,
    headers: ['x-openbeian-reason', reason, 'cache-control', 'no-store'],
    body: null,
    isLasting: true,
  }));
}
