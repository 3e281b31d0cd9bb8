import type { GateDecision } from '@openbeian/model/gate';
import { type AnswerContext, type Asked, isReading } from './answer-context.ts';
import { askedHost, questionShapes, visitorRequest } from './asked-host.ts';
import { blockPage, pageHeaders } from './block-page.ts';
import { retryAfterSeconds } from './explain-decision.ts';
import { type Answer, headerList } from './wire.ts';

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
  { request, asking }: Asked,
  decision: GateDecision,
  { redirects, takes503 }: RefusalForm,
): Answer {
  const { reason, redirect, outcome } = decision;
  const headers = [...pageHeaderList, 'x-openbeian-reason', reason];
  // nginx turns a redirect of its sub-request into a 500, so the target travels in a header as well.
  if (redirect !== null) headers.push('x-openbeian-redirect', redirect);
  if (outcome === 'indeterminate') headers.push('retry-after', String(retryAfterSeconds));
  // HEAD needs no page, and making one takes longer than deciding.
  const body = request.method === 'HEAD' ? null : blockPage(explain(decision, asking), links);
  if (redirects && redirect !== null && outcome === 'block' && config.refusal === 'redirect') {
    return { status: 302, headers: [...headers, 'location', redirect], body };
  }
  return { status: takes503 && outcome === 'indeterminate' ? 503 : 403, headers, body };
}

const pageHeaderList = headerList(pageHeaders);

/** `/deny`: the refusal that a proxy passes on to the visitor after an earlier question was refused. */
export function answerDeny(context: AnswerContext, asked: Asked): Answer {
  const { keeper, links } = context;
  const { request, asking } = asked;
  const shape = questionShapes['/auth'];
  const decision = keeper.shown.decide(askedHost(request, shape), asking, context.today());
  if (context.isServed(decision.reason)) {
    // Filed between the two questions: the visitor need only ask again.
    const body = request.method === 'HEAD' ? null : blockPage(context.explain(decision, asking), links);
    return { status: 503, headers: [...pageHeaderList, 'retry-after', '1'], body };
  }
  const redirects = isReading(visitorRequest(request, shape).method);
  return refuse(context, asked, decision, { redirects, takes503: true });
}
