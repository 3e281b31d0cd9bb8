import { type AnswerContext, type Exchange, isReading } from './answer-context.ts';
import { blockPage, explainPage, pageHeaders } from './block-page.ts';
import { answerJson, answerProblem } from './wire.ts';

/** `/blocked`: the public block page of a host. */
export function answerBlocked(context: AnswerContext, exchange: Exchange, query: URLSearchParams): void {
  const { request, response, asking } = exchange;
  const host = query.get('host') ?? request.header('x-original-host') ?? '';
  const explained = context.explain(context.keeper.shown.decide(host, asking, context.today()), asking);
  response.writeHead(explained.served ? 200 : 403, { ...pageHeaders, 'x-openbeian-reason': explained.reason });
  response.end(blockPage(explained, context.links));
}

/** `/explain`: everything about the decision of a host that its owner can use, as JSON or as a page. */
export async function answerExplain(context: AnswerContext, exchange: Exchange, query: URLSearchParams): Promise<void> {
  const { keeper } = context;
  const { request, response, asking } = exchange;
  const host = query.get('host');
  if (!isReading(request.method)) {
    answerProblem(response, { status: 405, title: 'use GET', titleZh: '请使用 GET' }, { allow: 'GET, HEAD' });
    return;
  }
  if (host === null) {
    const title = 'host is missing: ask /explain?host=example.cn';
    answerProblem(response, { status: 400, title, titleZh: '缺少 host 参数：/explain?host=example.cn' });
    return;
  }
  const decision = keeper.shown.decide(host, asking, context.today());
  const records = { ...(await keeper.recordsOf(host, asking.anyNumber)), provider: keeper.shown.provider };
  const explained = context.explain(decision, asking, records);
  const wantsPage = (request.header('accept') ?? '').includes('text/html');
  if ((query.get('format') ?? (wantsPage ? 'html' : 'json')) === 'html') {
    response.writeHead(200, { ...pageHeaders, vary: 'accept' }).end(explainPage(explained, context.links));
  } else answerJson(response, 200, explained, { vary: 'accept' });
}
