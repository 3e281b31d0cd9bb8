import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Day, dayOf } from '@openbeian/model/calendar';
import { decideHost, type GateDecision, type GateReason, gateReasons } from '@openbeian/model/gate';
import { isOpenChallenge } from './acme-challenge.ts';
import { askedHost, askedUri, onlyHeader, type QuestionShape, questionShapes, shapeOfPath } from './asked-host.ts';
import { blockPage, explainPage, type PageLinks, pageHeaders } from './block-page.ts';
import type { GateConfig } from './config.ts';
import { type ExplainedDecision, explainDecision, retryAfterSeconds } from './explain-decision.ts';
import type { GateMetrics } from './metrics.ts';
import { answerNameCheck } from './name-check.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';
import { answerJson, answerProblem } from './wire.ts';

/** What the answers need. */
export interface AnswerNeeds {
  readonly config: Pick<
    GateConfig,
    'consoleUrl' | 'explainUrl' | 'blockPage' | 'refusal' | 'acmeChallenge' | 'onNoSnapshot' | 'onSnapshotTooOld'
  >;
  readonly keeper: SnapshotKeeper;
  readonly metrics: GateMetrics;
  readonly nowMs: () => number;
}

/** Answers the gate's requests; the paths are documented in `proxies/README.md`. */
export function createAnswerer(needs: AnswerNeeds): (request: IncomingMessage, response: ServerResponse) => void {
  const { config, keeper, metrics, nowMs } = needs;
  const today = dayClock(nowMs);
  const links: PageLinks = { consoleUrl: config.consoleUrl, explainUrl: config.explainUrl ?? besideBlockPage(config) };
  const decide = (host: string): GateDecision => {
    const { known, context } = keeper.standing();
    return decideHost(host, known, context, today());
  };
  const isServed = ({ outcome, reason }: GateDecision): boolean => {
    if (outcome !== 'indeterminate') return outcome === 'allow';
    return (reason === 'no_snapshot' ? config.onNoSnapshot : config.onSnapshotTooOld) === 'allow';
  };
  const explain = (decision: GateDecision): ExplainedDecision =>
    explainDecision(decision, isServed(decision), today(), keeper.facts());

  function answerQuestion(request: IncomingMessage, response: ServerResponse, shape: QuestionShape): void {
    const begunMs = performance.now();
    const decision = decide(askedHost(request, shape));
    metrics.countDecision(decision.reason, performance.now() - begunMs);
    if (isServed(decision)) {
      response.writeHead(shape.served, passHeaders[shape.served][decision.reason]).end();
      return;
    }
    if (config.acmeChallenge === 'allow' && isOpenChallenge(decision.reason, askedUri(request, shape))) {
      metrics.countChallenge();
      const headers = [...passHeaders[shape.served][decision.reason], 'x-openbeian-pass', 'acme_challenge'];
      response.writeHead(shape.served, headers).end();
      return;
    }
    const { method } = askedUri(request, shape);
    refuse(request, response, decision, { ...shape, redirects: shape.handsOn && isReading(method) });
  }

  /** The refusal. Where it reaches the visitor as it is, it is what the configuration says: the page or a redirect. */
  function refuse(
    request: IncomingMessage,
    response: ServerResponse,
    decision: GateDecision,
    { redirects, takes503 }: { readonly redirects: boolean; readonly takes503: boolean },
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
    // A question with HEAD wants no page; making one takes longer than deciding.
    response.end(request.method === 'HEAD' ? undefined : blockPage(explain(decision), links));
  }

  /** The refusal of a proxy that asked before and now wants what it shall hand to the visitor. */
  function answerDeny(request: IncomingMessage, response: ServerResponse): void {
    const shape = questionShapes['/auth'];
    const decision = decide(askedHost(request, shape));
    if (isServed(decision)) {
      // Filed between the two questions: the visitor need only ask again.
      response.writeHead(503, { ...pageHeaders, 'retry-after': '1' });
      response.end(request.method === 'HEAD' ? undefined : blockPage(explain(decision), links));
      return;
    }
    refuse(request, response, decision, { redirects: isReading(askedUri(request, shape).method), takes503: true });
  }

  function answerBlocked(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
    const explained = explain(decide(query.get('host') ?? onlyHeader(request, 'x-original-host') ?? ''));
    response.writeHead(explained.served ? 200 : 403, { ...pageHeaders, 'x-openbeian-reason': explained.reason });
    response.end(blockPage(explained, links));
  }

  function answerExplain(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
    const host = query.get('host');
    if (!isReading(request.method ?? '')) {
      answerProblem(response, 405, 'use GET', '请使用 GET', { allow: 'GET, HEAD' });
      return;
    }
    if (host === null) {
      const title = 'host is missing: ask /explain?host=example.cn';
      answerProblem(response, 400, title, '缺少 host 参数：/explain?host=example.cn');
      return;
    }
    const explained = explain(decide(host));
    const format =
      query.get('format') ?? ((onlyHeader(request, 'accept') ?? '').includes('text/html') ? 'html' : 'json');
    if (format === 'html') {
      response.writeHead(200, { ...pageHeaders, vary: 'accept' }).end(explainPage(explained, links));
    } else answerJson(response, 200, explained, { vary: 'accept' });
  }

  function answerReady(response: ServerResponse): void {
    const { known } = keeper.standing();
    if (typeof known !== 'string') answerJson(response, 200, { ready: true });
    else answerJson(response, 503, { ready: false, reason: known });
  }

  return (request, response) => {
    const url = request.url ?? '/';
    const end = url.indexOf('?');
    const path = end < 0 ? url : url.slice(0, end);
    const shape = shapeOfPath(path);
    if (shape !== null) {
      answerQuestion(request, response, shape);
      return;
    }
    const query = new URLSearchParams(end < 0 ? '' : url.slice(end + 1));
    switch (path) {
      case '/deny':
        return answerDeny(request, response);
      case '/blocked':
        return answerBlocked(request, response, query);
      case '/explain':
        return answerExplain(request, response, query);
      case '/dns-check':
        answerNameCheck(request, response, query, (host) => explain(decide(host))).catch(() => response.destroy());
        return;
      case '/healthz':
        return answerJson(response, 200, { alive: true });
      case '/readyz':
        return answerReady(response);
      case '/metrics':
        metrics.page().then(
          ({ type, text }) => response.writeHead(200, { 'content-type': type }).end(text),
          () => response.writeHead(500).end(),
        );
        return;
      default:
        answerProblem(response, 404, 'no such path', '没有这个地址');
    }
  };
}

/** Headers of "serve it", made once. The length is said because a 200 would else be sent in chunks. */
const passHeaders = {
  200: headersByReason(['content-length', '0']),
  204: headersByReason([]),
};

function headersByReason(more: readonly string[]): Readonly<Record<GateReason, string[]>> {
  const headers = (reason: string) => ['x-openbeian-reason', reason, 'cache-control', 'no-store', ...more];
  return Object.fromEntries(Object.keys(gateReasons).map((reason) => [reason, headers(reason)])) as Record<
    GateReason,
    string[]
  >;
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** https://gate.example/blocked → https://gate.example/explain. */
function besideBlockPage({ blockPage: page }: Pick<GateConfig, 'blockPage'>): string | undefined {
  return page.startsWith('/') ? undefined : new URL('explain', page).href;
}

/** Today in Shanghai; the text is made once a day, not once a request. */
function dayClock(nowMs: () => number): () => Day {
  const hours8 = 8 * 3_600_000;
  let number = Number.NaN;
  let day: Day = '';
  return () => {
    const now = nowMs();
    const current = Math.floor((now + hours8) / 86_400_000);
    if (current !== number) {
      number = current;
      day = dayOf(new Date(now).toISOString());
    }
    return day;
  };
}
