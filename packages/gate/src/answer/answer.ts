import type { IncomingMessage, ServerResponse } from 'node:http';
import { dayOf } from '@openbeian/model/calendar';
import { type GateDecision, type GateReason, gateReasons } from '@openbeian/model/gate';
import type { GateConfig } from '../config.ts';
import type { GateMetrics } from '../metrics.ts';
import { type SnapshotKeeper, type Today, todayOf } from '../snapshot/snapshot-keeper.ts';
import { createChallengeGuard } from './acme-challenge.ts';
import {
  askedHost,
  onlyHeader,
  type QuestionShape,
  questionShapes,
  shapeOfPath,
  visitorRequest,
} from './asked-host.ts';
import { blockPage, explainPage, type PageLinks, pageHeaders } from './block-page.ts';
import { type ExplainedDecision, explainDecision, type JudgedRecords, retryAfterSeconds } from './explain-decision.ts';
import { answerNameCheck } from './name-check.ts';
import { answerJson, answerProblem } from './wire.ts';

/** What the answers need. */
export interface AnswerNeeds {
  readonly config: Pick<
    GateConfig,
    | ('consoleUrl' | 'explainUrl' | 'blockPage' | 'refusal' | 'acmeChallenge' | 'regionHeader')
    | ('onNoSnapshot' | 'onSnapshotTooOld' | 'onMalformedHost')
  >;
  readonly keeper: SnapshotKeeper;
  readonly metrics: GateMetrics;
  readonly nowMs: () => number;
}

/** Answers the requests of one address; `region` is that of the proxies that ask there, null where it says nothing. */
type AnswererFor = (
  region: GateConfig['region'] | null,
) => (request: IncomingMessage, response: ServerResponse) => void;

/** Answers the gate's requests; the paths are documented in `proxies/README.md`. */
export function createAnswerer(needs: AnswerNeeds): AnswererFor {
  const { config, keeper, metrics, nowMs } = needs;
  const today = dayClock(nowMs);
  const challenges = createChallengeGuard(nowMs);
  const links: PageLinks = { consoleUrl: config.consoleUrl, explainUrl: config.explainUrl ?? besideBlockPage(config) };
  const servedAnyway: Partial<Record<GateReason, boolean>> = {
    no_snapshot: config.onNoSnapshot === 'allow',
    snapshot_too_old: config.onSnapshotTooOld === 'allow',
    malformed_host: config.onMalformedHost === 'allow',
  };
  const isServed = (reason: GateReason): boolean => gateReasons[reason] === 'allow' || servedAnyway[reason] === true;
  const explain = (decision: GateDecision, records: JudgedRecords | null = null): ExplainedDecision =>
    explainDecision(decision, isServed(decision.reason), today().day, keeper.facts(), records);

  /** Does the asking proxy serve outside the mainland? Null: as the gate does by default. */
  function outsideOf(request: IncomingMessage, region: GateConfig['region'] | null): boolean | null {
    const said = config.regionHeader === undefined ? undefined : onlyHeader(request, config.regionHeader);
    if (said !== undefined) return said === 'hk' || said === 'overseas';
    return region === null || region === undefined ? null : region !== 'cn-mainland';
  }

  function answerQuestion(
    request: IncomingMessage,
    response: ServerResponse,
    shape: QuestionShape,
    outside: boolean | null,
  ): void {
    const begunMs = performance.now();
    const host = askedHost(request, shape);
    const reason = keeper.judge(host, outside, today());
    metrics.countDecision(reason, performance.now() - begunMs);
    if (isServed(reason)) {
      response.writeHead(shape.served, passHeaders[shape.served][reason]).end();
      return;
    }
    if (config.acmeChallenge === 'allow' && challenges.lets(host, reason, visitorRequest(request, shape))) {
      metrics.countChallenge();
      const headers = [...passHeaders[shape.served][reason], 'x-openbeian-pass', 'acme_challenge'];
      response.writeHead(shape.served, headers).end();
      return;
    }
    const { method } = visitorRequest(request, shape);
    const decision = keeper.decide(host, outside, today());
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
  function answerDeny(request: IncomingMessage, response: ServerResponse, outside: boolean | null): void {
    const shape = questionShapes['/auth'];
    const decision = keeper.decide(askedHost(request, shape), outside, today());
    if (isServed(decision.reason)) {
      // Filed between the two questions: the visitor need only ask again.
      response.writeHead(503, { ...pageHeaders, 'retry-after': '1' });
      response.end(request.method === 'HEAD' ? undefined : blockPage(explain(decision), links));
      return;
    }
    refuse(request, response, decision, {
      redirects: isReading(visitorRequest(request, shape).method),
      takes503: true,
    });
  }

  function answerBlocked(
    request: IncomingMessage,
    response: ServerResponse,
    query: URLSearchParams,
    outside: boolean | null,
  ): void {
    const host = query.get('host') ?? onlyHeader(request, 'x-original-host') ?? '';
    const explained = explain(keeper.decide(host, outside, today()));
    response.writeHead(explained.served ? 200 : 403, { ...pageHeaders, 'x-openbeian-reason': explained.reason });
    response.end(blockPage(explained, links));
  }

  async function answerExplain(
    request: IncomingMessage,
    response: ServerResponse,
    query: URLSearchParams,
    outside: boolean | null,
  ): Promise<void> {
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
    const decision = keeper.decide(host, outside, today());
    const records = { ...(await keeper.recordsOf(host)), provider: keeper.provider() };
    const explained = explain(decision, records);
    const format =
      query.get('format') ?? ((onlyHeader(request, 'accept') ?? '').includes('text/html') ? 'html' : 'json');
    if (format === 'html') {
      response.writeHead(200, { ...pageHeaders, vary: 'accept' }).end(explainPage(explained, links));
    } else answerJson(response, 200, explained, { vary: 'accept' });
  }

  function answerReady(response: ServerResponse): void {
    const usable = keeper.usable();
    if (usable === true) answerJson(response, 200, { ready: true });
    else answerJson(response, 503, { ready: false, reason: usable });
  }

  return (region) => (request, response) => {
    const outside = outsideOf(request, region);
    const url = request.url ?? '/';
    const end = url.indexOf('?');
    const path = end < 0 ? url : url.slice(0, end);
    const shape = shapeOfPath(path);
    if (shape !== null) {
      answerQuestion(request, response, shape, outside);
      return;
    }
    const query = new URLSearchParams(end < 0 ? '' : url.slice(end + 1));
    switch (path) {
      case '/deny':
        return answerDeny(request, response, outside);
      case '/blocked':
        return answerBlocked(request, response, query, outside);
      case '/explain':
        answerExplain(request, response, query, outside).catch(() => response.destroy());
        return;
      case '/dns-check':
        answerNameCheck(request, response, query, (host) => explain(keeper.decide(host, outside, today()))).catch(() =>
          response.destroy(),
        );
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

/** Today in Shanghai; worked out once a day, not once a request. */
function dayClock(nowMs: () => number): () => Today {
  const hours8 = 8 * 3_600_000;
  let number = Number.NaN;
  let today = todayOf('1970-01-01');
  return () => {
    const now = nowMs();
    const current = Math.floor((now + hours8) / 86_400_000);
    if (current !== number) {
      number = current;
      today = todayOf(dayOf(new Date(now).toISOString()));
    }
    return today;
  };
}
