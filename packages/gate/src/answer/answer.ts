import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GateConfig } from '../config.ts';
import type { NumberPolicy } from '../snapshot/number-policy.ts';
import {
  type AnswerContext,
  type AnswerNeeds,
  type Asked,
  createAnswerContext,
  type Exchange,
} from './answer-context.ts';
import { type AskedRequest, HttpRequest, shapeOfPath } from './asked-host.ts';
import { answerBlocked, answerExplain } from './explanation.ts';
import { answerNameCheck } from './name-check.ts';
import { answerQuestion } from './question.ts';
import { answerDeny } from './refusal.ts';
import { type Answer, answerJson, answerProblem, writeAnswer } from './wire.ts';

/** What is configured of the proxies that ask at one address. */
interface AskedAt {
  /** Undefined: as the gate. */
  readonly region?: GateConfig['region'];
  readonly anyNumber: NumberPolicy | null;
}

/** Answers the requests of one address. */
export interface Answerer {
  /** Whatever Node has read. */
  answer(incoming: IncomingMessage, response: ServerResponse): void;
  /** A proxy's question whose target is exactly `/auth`, `/forward-auth` or `/deny`, whoever has read it. */
  answerPlain(request: AskedRequest): Answer;
}

/** Makes what answers the gate's requests; the paths are documented in `proxies/README.md`. */
export function createAnswerer(needs: AnswerNeeds): (askedAt: AskedAt) => Answerer {
  const context = createAnswerContext(needs);
  return ({ region, anyNumber }) => {
    const askedBy = (request: AskedRequest): Asked => {
      return { request, asking: { outside: outsideOf(request, region, needs.config), anyNumber } };
    };
    return {
      answerPlain(request) {
        const answer = answerAsked(context, askedBy(request), request.url);
        if (answer === null) throw new Error(`${request.url} is no path of a proxy's question`);
        return answer;
      },
      answer(incoming, response) {
        const asked = askedBy(new HttpRequest(incoming));
        const { url } = asked.request;
        const end = url.indexOf('?');
        const path = end < 0 ? url : url.slice(0, end);
        const answer = answerAsked(context, asked, path);
        if (answer !== null) writeAnswer(response, answer);
        else answerOther(context, { ...asked, incoming, response }, path, end < 0 ? '' : url.slice(end + 1));
      },
    };
  };
}

/** What a proxy asks; null for a path on which none does. */
function answerAsked(context: AnswerContext, asked: Asked, path: string): Answer | null {
  if (path === '/deny') return answerDeny(context, asked);
  const shape = shapeOfPath(path);
  return shape === null ? null : answerQuestion(context, asked, shape);
}

/** Does the asking proxy serve outside the mainland? Null: as the gate does by default. */
function outsideOf(
  request: AskedRequest,
  region: GateConfig['region'],
  { regionHeader }: Pick<GateConfig, 'regionHeader'>,
): boolean | null {
  const said = regionHeader === undefined ? undefined : request.header(regionHeader);
  if (said !== undefined) return said === 'hk' || said === 'overseas';
  return region === undefined ? null : region !== 'cn-mainland';
}

/** What is no proxy's question. */
function answerOther(context: AnswerContext, exchange: Exchange, path: string, search: string): void {
  const { incoming, response, asking } = exchange;
  const query = new URLSearchParams(search);
  const destroy = () => response.destroy();
  switch (path) {
    case '/blocked':
      return answerBlocked(context, exchange, query);
    case '/explain':
      answerExplain(context, exchange, query).catch(destroy);
      return;
    case '/dns-check': {
      const explain = (host: string) =>
        context.explain(context.keeper.shown.decide(host, asking, context.today()), asking);
      answerNameCheck(incoming, response, query, explain).catch(destroy);
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
