import type { GateDecision } from '@openbeian/model/gate';
import { type AnswerContext, type Exchange, isReading } from './answer-context.ts';
import { askedHost, questionShapes, visitorRequest } from './asked-host.ts';
import { blockPage, pageHeaders } from './block-page.ts';
import { retryAfterSeconds } from './explain-decision.ts';

/** What the asking proxy does with a refusal. */
interface RefusalForm {
  /** It reaches the visitor, who only reads: a redirect makes sense. */
  readonly redirects: boolean;
  /** It may be a 5xx. */
  readonly takes503: boolean;
}

/** The refusal. Where it reaches the visitor unchanged, it is the page or the redirect, as configured. */
export function refuse(
  { config, links, explain }: AnswerContext,
  { request, response, asking }: Exchange,
  decision: GateDecision,
  { redirects, takes503 }: RefusalForm,
): void {
  const { reason, redirect, outcome } = decision;
  const headers: Record<string, string> = { ...pageHeaders, 'x-openbeian-reason': reason };
  // nginx turns a redirect of its sub-request into a 500, so the target travels in a header as well.
  if (redirect !== null) headers['x-openbeian-redirect'] = redirect;
  if (outcome === 'indeterminate') headers['retry-after'] = String(retryAfterSeconds);
  if (redirects && redirect !== null && outcome === 'block' && config.refusal === 'redirect') {
    response.writeHead(302, { ...headers, location: redirect });
  } else {
    response.writeHead(takes503 && outcome === 'indeterminate' ? 503 : 403, headers);
  }
  // HEAD needs no page, and making one takes longer than deciding.
  response.end(request.method === 'HEAD' ? undefined : blockPage(explain(decision, asking), links));
}

/** `/deny`: the refusal that a proxy passes on to the visitor after an earlier question was refused. */
export function answerDeny(context: AnswerContext, exchange: Exchange): void {
  const { keeper, links } = context;
  const { request, response, asking } = exchange;
  const shape = questionShapes['/auth'];
  const decision = keeper.shown.decide(askedHost(request, shape), asking, context.today());
  if (context.isServed(decision.reason)) {
    // Filed between the two questions: the visitor need only ask again.
    response.writeHead(503, { ...pageHeaders, 'retry-after': '1' });
    response.end(request.method === 'HEAD' ? undefined : blockPage(context.explain(decision, asking), links));
    return;
  }
  const redirects = isReading(visitorRequest(request, shape).method);
  refuse(context, exchange, decision, { redirects, takes503: true });
}
