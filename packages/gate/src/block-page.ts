import { createHash } from 'node:crypto';
import { normaliseHost } from '@openbeian/model/domain-name';
import { explainGateReason, type GateDecision } from '@openbeian/model/gate';

const style = `
  body { margin: 0; background: #f5f6f8; color: #1f2329; font: 16px/1.7 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
  main { max-width: 40rem; margin: 12vh auto 4rem; padding: 2.5rem; background: #fff; border-radius: 8px; box-shadow: 0 1px 4px #0002; }
  h1 { margin: 0 0 .5rem; font-size: 1.4rem; }
  .host { font-family: ui-monospace, monospace; overflow-wrap: anywhere; color: #4e5969; }
  section + section { margin-top: 1.5rem; padding-top: 1.5rem; border-top: 1px solid #e5e6eb; }
  p { margin: .5rem 0; }
  a { color: #0958d9; }
  .reason { color: #86909c; font-size: .85rem; }
`;

/** Headers of every block page: nothing is loaded, nothing is run, nobody keeps it. */
export const blockPageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/**
 * The page for visitors: which name, why, and what its owner can do, in Chinese and English. It says nothing about the
 * owner. The only link is the configured one.
 */
export function blockPage(decision: GateDecision, consoleUrl: string | undefined): string {
  const { message, next } = explainGateReason(decision.reason);
  const served = decision.outcome === 'allow';
  // The normal form: what a visitor typed is not echoed.
  const host = normaliseHost(decision.host).host;
  const link = (text: string) =>
    consoleUrl && !served ? `<p><a href="${escapeHtml(consoleUrl)}">${text}</a></p>` : '';
  const part = (lang: string, title: string, text: string, hint: string | undefined, linkText: string) =>
    `<section lang="${lang}"><h1>${title}</h1>${host === null ? '' : `<p class="host">${escapeHtml(host)}</p>`}` +
    `<p>${text}</p>${hint === undefined ? '' : `<p>${hint}</p>`}${link(linkText)}</section>`;
  const zh = part('zh-CN', served ? '该域名可以访问' : '该域名暂时无法访问', message.zh, next?.zh, '前往控制台办理');
  const en = part(
    'en',
    served ? 'This name is served' : 'This name cannot be served',
    message.en,
    next?.en,
    'Go to the console',
  );
  return (
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<meta name="robots" content="noindex"><title>${served ? '可以访问' : '暂时无法访问'} · OpenBeian</title><style>${style}</style></head>` +
    `<body><main>${zh}${en}<p class="reason">${decision.reason}</p></main></body></html>`
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
