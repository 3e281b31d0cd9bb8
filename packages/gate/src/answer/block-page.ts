import { createHash } from 'node:crypto';
import { normaliseHost } from '@openbeian/model/domain-name';
import type { ExplainedDecision } from './explain-decision.ts';

const style = `
  body { margin: 0; background: #f5f6f8; color: #1f2329; font: 16px/1.7 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
  main { max-width: 40rem; margin: 12vh auto 4rem; padding: 2.5rem; background: #fff; border-radius: 8px; box-shadow: 0 1px 4px #0002; }
  h1 { margin: 0 0 .5rem; font-size: 1.4rem; }
  .host { font-family: ui-monospace, monospace; overflow-wrap: anywhere; color: #4e5969; }
  section + section { margin-top: 1.5rem; padding-top: 1.5rem; border-top: 1px solid #e5e6eb; }
  p { margin: .5rem 0; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 1rem 0; }
  dt { color: #86909c; }
  dd { margin: 0; overflow-wrap: anywhere; }
  a { color: #0958d9; }
  .reason { color: #86909c; font-size: .85rem; }
`;

/** Headers of every page: no resources, no scripts, no caching. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** Where the pages lead to; both are configured, never taken from a request. */
export interface PageLinks {
  readonly consoleUrl: string | undefined;
  /** Root of `/explain`; the host is added as an encoded parameter. */
  readonly explainUrl: string | undefined;
}

type Lang = 'zh' | 'en';

const words = {
  zh: {
    refused: '该域名暂时无法访问',
    served: '该域名可以访问',
    toConsole: '前往控制台办理',
    toExplain: '查看原因和办理说明',
    filingDomain: '备案域名',
    number: '备案号',
    since: '起始日期',
    until: '截止日期',
    filing: '需要办理',
    lookAgain: '重新判断',
    at: '判断日期',
    snapshot: '备案数据',
    age: (seconds: number) => `${seconds} 秒前确认`,
    none: '无',
  },
  en: {
    refused: 'This domain cannot be accessed at the moment',
    served: 'This domain can be accessed',
    toConsole: 'Go to the console',
    toExplain: 'See the reason and what to do',
    filingDomain: 'Filing domain',
    number: 'Filing number',
    since: 'Since',
    until: 'Until',
    filing: 'Filing needed',
    lookAgain: 'Checked again',
    at: 'As of',
    snapshot: 'Filing data',
    age: (seconds: number) => `confirmed ${seconds} s ago`,
    none: 'none',
  },
} as const;

/** The page for visitors: which name, why, and what its owner can do, in Chinese and English. */
export function blockPage(explained: ExplainedDecision, links: PageLinks): string {
  return pageOf(explained, (lang) => {
    const { toConsole, toExplain } = words[lang];
    const { consoleUrl, explainUrl } = links;
    if (explained.served) return '';
    const about = explainUrl && explainLink(explained, explainUrl);
    return `${about ? linkOf(about, toExplain) : ''}${consoleUrl ? linkOf(consoleUrl, toConsole) : ''}`;
  });
}

/** The page of `/explain`: the same and every fact that the JSON has. */
export function explainPage(explained: ExplainedDecision, links: PageLinks): string {
  return pageOf(explained, (lang) => {
    const word = words[lang];
    const { filingDomain, filing, since, record, lookAgain, at, snapshot } = explained;
    const facts: [string, string][] = [
      [word.filingDomain, filingDomain ?? word.none],
      ...(record ? [[word.number, record.number] as [string, string]] : []),
      ...(since ? [[word.since, since] as [string, string]] : []),
      ...(record?.graceUntil ? [[word.until, record.graceUntil] as [string, string]] : []),
      ...(filing ? [[word.filing, filing[lang]] as [string, string]] : []),
      ...(lookAgain ? [[word.lookAgain, lookAgain[lang]] as [string, string]] : []),
      [word.at, at],
      [word.snapshot, snapshot ? `${snapshot.builtAt} · ${word.age(snapshot.ageSeconds)}` : word.none],
    ];
    const list = facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('');
    const toConsole = links.consoleUrl && !explained.served ? linkOf(links.consoleUrl, word.toConsole) : '';
    return `<dl>${list}</dl>${toConsole}`;
  });
}

function pageOf(explained: ExplainedDecision, more: (lang: Lang) => string): string {
  const { served, message, next, reason } = explained;
  // The normal form: what a visitor typed is not echoed.
  const { host } = normaliseHost(explained.host);
  const part = (lang: Lang, htmlLang: string) =>
    `<section lang="${htmlLang}"><h1>${served ? words[lang].served : words[lang].refused}</h1>` +
    `${host === null ? '' : `<p class="host">${escapeHtml(host)}</p>`}<p>${message[lang]}</p>` +
    `${next === null ? '' : `<p>${next[lang]}</p>`}${more(lang)}</section>`;
  return (
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<meta name="robots" content="noindex"><title>${served ? '可以访问' : '暂时无法访问'} · OpenBeian</title><style>${style}</style></head>` +
    `<body><main>${part('zh', 'zh-CN')}${part('en', 'en')}<p class="reason">${reason}</p></main></body></html>`
  );
}

function explainLink({ host }: ExplainedDecision, explainUrl: string): string | null {
  const normal = normaliseHost(host).host;
  if (normal === null) return null;
  return `${explainUrl}${explainUrl.includes('?') ? '&' : '?'}host=${encodeURIComponent(normal)}`;
}

function linkOf(url: string, text: string): string {
  return `<p><a href="${escapeHtml(url)}">${text}</a></p>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
