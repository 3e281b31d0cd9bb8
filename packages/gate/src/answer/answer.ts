import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GateConfig } from '../config.ts';
import type { NumberPolicy } from '../snapshot/number-policy.ts';
import { type AnswerContext, type AnswerNeeds, createAnswerContext, type Exchange } from './answer-context.ts';
import { onlyHeader, shapeOfPath } from './asked-host.ts';
import { answerBlocked, answerExplain } from './explanation.ts';
import { answerNameCheck } from './name-check.ts';
import { answerQuestion } from './question.ts';
import { answerDeny } from './refusal.ts';
import { answerJson, answerProblem } from './wire.ts';

/** What is configured of the proxies that ask at one address. */
interface AskedAt {
  /** Undefined: as the gate. */
  readonly region?: GateConfig['region'];
  readonly anyNumber: NumberPolicy | null;
}

/** Answers the requests of one address. */
type AnswererFor = (askedAt: AskedAt) => (request: IncomingMessage, response: ServerResponse) => void;

/** Answers the gate's requests; the paths are documented in `proxies/README.md`. */
export function createAnswerer(needs: AnswerNeeds): AnswererFor {
  const context = createAnswerContext(needs);
  return ({ region, anyNumber }) =>
    (request, response) => {
      const asking = { outside: outsideOf(request, region, needs.config), anyNumber };
      const exchange: Exchange = { request, response, asking };
      const url = request.url ?? '/';
      const end = url.indexOf('?');
      const path = end < 0 ? url : url.slice(0, end);
      const shape = shapeOfPath(path);
      if (shape !== null) answerQuestion(context, exchange, shape);
      else answerOther(context, exchange, path, new URLSearchParams(end < 0 ? '' : url.slice(end + 1)));
    };
}

/** Does the asking proxy serve outside the mainland? Null: as the gate does by default. */
function outsideOf(
  request: IncomingMessage,
  region: GateConfig['region'],
  { regionHeader }: Pick<GateConfig, 'regionHeader'>,
): boolean | null {
  const said = regionHeader === undefined ? undefined : onlyHeader(request, regionHeader);
  if (said !== undefined) return said === 'hk' || said === 'overseas';
  return region === undefined ? null : region !== 'cn-mainland';
}

/** What is no proxy's question. */
function answerOther(context: AnswerContext, exchange: Exchange, path: string, query: URLSearchParams): void {
  const { request, response, asking } = exchange;
  const destroy = () => response.destroy();
  switch (path) {
    case '/deny':
      return answerDeny(context, exchange);
    case '/blocked':
      return answerBlocked(context, exchange, query);
    case '/explain':
      answerExplain(context, exchange, query).catch(destroy);
      return;
    case '/dns-check': {
      const explain = (host: string) =>
        context.explain(context.keeper.shown.decide(host, asking, context.today()), asking);
      answerNameCheck(request, response, query, explain).catch(destroy);
      return;
    }
    case '/healthz':
      return answerJson(response, 200, { alive: true });
    case '/readyz': {
      const usable = context.keeper.shown.usable();
      return usable === true
        ? answerJson(response, 200, { ready: true })
        : answerJson(response, 503, { ready: false, reason: usable });
    }
    case '/metrics':
      context.metrics.page().then(
        ({ type, text }) => response.writeHead(200, { 'content-type': type }).end(text),
        () => response.writeHead(500).end(),
      );
      return;
    default:
      answerProblem(response, { status: 404, title: 'no such path', titleZh: '没有这个地址' });
  }
}
