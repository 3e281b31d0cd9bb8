import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Day, dayOf } from '@openbeian/model/calendar';
import { decideHost, explainGateReason, type GateDecision } from '@openbeian/model/gate';
import { blockPage, blockPageHeaders } from './block-page.ts';
import type { GateConfig } from './config.ts';
import type { GateMetrics } from './metrics.ts';
import type { SnapshotKeeper } from './snapshot-keeper.ts';

/** What the answers need. */
export interface AnswerNeeds {
  readonly config: Pick<GateConfig, 'consoleUrl' | 'onNoSnapshot' | 'onSnapshotTooOld'>;
  readonly keeper: SnapshotKeeper;
  readonly metrics: GateMetrics;
  readonly nowMs: () => number;
}

/** Answers the gate's requests; the paths are documented in `proxies/README.md`. */
export function createAnswerer(needs: AnswerNeeds): (request: IncomingMessage, response: ServerResponse) => void {
  const { keeper, metrics, nowMs } = needs;
  const today = dayClock(nowMs);
  const decide = (host: string): GateDecision => {
    const { known, context } = keeper.standing();
    return decideHost(host, known, context, today());
  };
  const isServed = ({ outcome, reason }: GateDecision): boolean => {
    if (outcome !== 'indeterminate') return outcome === 'allow';
    return (reason === 'no_snapshot' ? needs.config.onNoSnapshot : needs.config.onSnapshotTooOld) === 'allow';
  };

  function answerAuth(request: IncomingMessage, response: ServerResponse): void {
    const decision = decide(askedHost(request));
    metrics.countDecision(decision.reason);
    response.setHeader('x-openbeian-reason', decision.reason);
    response.setHeader('cache-control', 'no-store');
    if (isServed(decision)) {
      response.writeHead(204).end();
      return;
    }
    // A proxy that hands our answer on shows the page; nginx drops it and asks for /blocked. A 302 here would become
    // a 500 in nginx's auth_request, so the target travels in a header.
    if (decision.redirect !== null) response.setHeader('x-openbeian-redirect', decision.redirect);
    response.writeHead(403, blockPageHeaders).end(blockPage(decision, needs.config.consoleUrl));
  }

  function answerBlocked(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
    const decision = decide(query.get('host') ?? String(request.headers['x-original-host'] ?? ''));
    response.writeHead(decision.outcome === 'allow' ? 200 : 403, blockPageHeaders);
    response.end(blockPage(decision, needs.config.consoleUrl));
  }

  function answerExplain(response: ServerResponse, query: URLSearchParams): void {
    const host = query.get('host');
    if (host === null) {
      const title = 'host is missing: ask /explain?host=example.cn';
      answerJson(response, 400, {
        type: 'about:blank',
        status: 400,
        title,
        titleZh: '缺少 host 参数：/explain?host=example.cn',
      });
      return;
    }
    const decision = decide(host);
    const held = keeper.facts();
    answerJson(response, 200, {
      ...decision,
      served: isServed(decision),
      ...explainGateReason(decision.reason),
      at: today(),
      snapshot: held && {
        version: held.version,
        builtAt: held.builtAt,
        records: held.recordCount,
        ageSeconds: Math.floor(held.ageMs / 1000),
      },
    });
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
    // Envoy appends the visitor's own path.
    if (path === '/auth' || path.startsWith('/auth/')) return answerAuth(request, response);
    const query = new URLSearchParams(end < 0 ? '' : url.slice(end + 1));
    switch (path) {
      case '/blocked':
        return answerBlocked(request, response, query);
      case '/explain':
        return answerExplain(response, query);
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
        answerJson(response, 404, { type: 'about:blank', status: 404, title: 'no such path', titleZh: '没有这个地址' });
    }
  };
}

/**
 * The host that the visitor asked the proxy for. The proxy must set X-Original-Host on every question, as all shipped
 * configurations do: it replaces whatever a visitor sent under that name.
 */
function askedHost(request: IncomingMessage): string {
  const given = request.headers['x-original-host'] ?? request.headers.host ?? '';
  return Array.isArray(given) ? given.join(',') : given;
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  const type = status >= 400 && status !== 503 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(JSON.stringify(body));
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
