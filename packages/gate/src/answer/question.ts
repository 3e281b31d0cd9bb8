import { byGateReason, decisionOf, type GateReason } from '@openbeian/model/gate';
import { type AnswerContext, type Exchange, isReading } from './answer-context.ts';
import { askedHost, type QuestionShape, visitorRequest } from './asked-host.ts';
import { refuse } from './refusal.ts';

/**
 * Answers a proxy's question whether it may serve a request: 1. the host that the visitor asked for; 2. why it may or may not be
 * served; 3. a pass, a pass as a certificate's validation only, or the refusal.
 */
export function answerQuestion(context: AnswerContext, exchange: Exchange, shape: QuestionShape): void {
  const { keeper, metrics, config, challenges } = context;
  const { request, response, asking } = exchange;
  const begunMs = performance.now();
  const host = askedHost(request, shape);
  const reason = keeper.shown.evaluate(host, asking, context.today());
  metrics.countDecision(reason, performance.now() - begunMs);
  if (context.isServed(reason)) {
    response.writeHead(shape.served, passHeaders[shape.served][reason]).end();
    return;
  }
  const visitor = visitorRequest(request, shape);
  if (config.acmeChallenge === 'allow' && challenges.lets(host, reason, visitor)) {
    metrics.countChallenge();
    const headers = [...passHeaders[shape.served][reason], 'x-openbeian-pass', 'acme_challenge'];
    response.writeHead(shape.served, headers).end();
    return;
  }
  refuse(context, exchange, decisionOf(host, reason, config.blockPage), {
    redirects: shape.handsOn && isReading(visitor.method),
    takes503: shape.takes503,
  });
}

/** Headers of "serve it", made once. The length is said because a 200 would else be sent in chunks. */
const passHeaders = {
  200: headersByReason(['content-length', '0']),
  204: headersByReason([]),
};

function headersByReason(more: readonly string[]): Readonly<Record<GateReason, string[]>> {
  return byGateReason((reason) => ['x-openbeian-reason', reason, 'cache-control', 'no-store', ...more]);
}
