import { Html, html } from './html.ts';

const style = new Html(`
:root { --ink:#1f2733; --soft:#5d6b7e; --line:#dfe4ec; --brand:#1d4f91; --paper:#fff; --ground:#f3f5f9; --ok:#1a7f4b; --bad:#b3261e; --wait:#9a6700; }
* { box-sizing:border-box; }
body { margin:0; background:var(--ground); color:var(--ink); font:15px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif; }
header { background:var(--brand); color:#fff; }
header > div, main, footer { max-width:1080px; margin:0 auto; padding:0 20px; }
header > div { display:flex; flex-wrap:wrap; align-items:center; gap:8px 28px; padding-top:14px; padding-bottom:14px; }
header strong { font-size:18px; line-height:1.3; }
header strong small { display:block; font-weight:400; opacity:.85; font-size:12px; }
nav { display:flex; flex-wrap:wrap; gap:4px; margin-left:auto; }
nav a { color:#fff; text-decoration:none; padding:6px 12px; border-radius:6px; }
nav a:hover { background:rgba(255,255,255,.14); } nav a[aria-current] { background:rgba(255,255,255,.22); }
.notice { background:#fff4d6; border-bottom:1px solid #efdca5; color:#6b4e00; text-align:center; padding:6px 20px; font-size:13px; }
main { padding-top:24px; padding-bottom:40px; }
h1 { font-size:22px; margin:0 0 4px; } h2 { font-size:17px; margin:0 0 8px; }
.en { color:var(--soft); font-size:13px; } h1 + .en { margin:0 0 18px; }
.card { background:var(--paper); border:1px solid var(--line); border-radius:10px; padding:20px; overflow-x:auto; }
.card + .card { margin-top:14px; } .narrow { max-width:460px; }
table { border-collapse:collapse; width:100%; min-width:760px; } th, td { text-align:left; padding:9px 10px; border-bottom:1px solid var(--line); vertical-align:top; }
th { font-weight:600; font-size:13px; color:var(--soft); white-space:nowrap; } tr:last-child td { border-bottom:0; }
td .en, th .en { display:block; font-weight:400; font-size:12px; }
label { display:block; margin:0 0 14px; } label > span { display:block; margin-bottom:4px; }
input, select { width:100%; padding:9px 11px; font:inherit; border:1px solid #c3cbd8; border-radius:7px; background:var(--paper); color:inherit; }
.fields { display:grid; grid-template-columns:repeat(auto-fit,minmax(230px,1fr)); gap:0 16px; } form + table, form + .empty { margin-top:18px; }
input:focus-visible, select:focus-visible, button:focus-visible, a:focus-visible { outline:2px solid var(--brand); outline-offset:2px; }
button { font:inherit; background:var(--brand); color:#fff; border:0; border-radius:7px; padding:9px 22px; cursor:pointer; }
.row { display:flex; gap:10px; } .row input { flex:1; }
.tag { display:inline-block; padding:1px 9px; border-radius:20px; font-size:13px; background:#e8edf5; white-space:nowrap; }
.ok { background:#e1f3e9; color:var(--ok); } .bad { background:#fbe6e4; color:var(--bad); } .wait { background:#fdf1d8; color:var(--wait); }
a { color:var(--brand); } .card > p:last-child { margin-bottom:0; }
.answer .en { display:block; color:inherit; }
.answer { border-radius:8px; padding:12px 14px; margin-bottom:16px; }
.code { font:600 20px/1.4 ui-monospace,Menlo,Consolas,monospace; letter-spacing:3px; }
.mono { font-family:ui-monospace,Menlo,Consolas,monospace; font-size:13px; } .empty { color:var(--soft); }
footer { color:var(--soft); font-size:12px; padding-bottom:30px; }
`);

const places = [
  ['/', '总览', 'Overview'],
  ['/sms', '短信核验', 'SMS verification'],
  ['/phone', '模拟手机', 'Phones'],
  ['/query', '公众查询', 'Public query'],
  ['/v3', '接口 V3.0', 'Interface V3.0'],
] as const;

export interface Page {
  readonly path: (typeof places)[number][0];
  readonly zh: string;
  readonly en: string;
  readonly body: Html;
  /** Loads itself again every so many seconds; never where somebody types. */
  readonly refreshSeconds?: number;
}

/** A whole page: Chinese first, English below, and never to be taken for the real authority. */
export function layOut({ path, zh, en, body, refreshSeconds }: Page, now: string): string {
  const refresh = refreshSeconds ? html`<meta http-equiv="refresh" content="${refreshSeconds}">` : null;
  const links = places.map(
    ([to, name, english]) =>
      html`<a href="${to}" title="${english}"${to === path ? new Html(' aria-current="page"') : null}>${name}</a>`,
  );
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${refresh}
<title>${zh} · 模拟管局</title><style>${style}</style>
</head>
<body>
<header><div><strong>模拟备案管理系统<small>Simulated filing authority</small></strong><nav>${links}</nav></div></header>
<div class="notice">这是 OpenBeian 的模拟器，不是任何真实的管理部门；人物与号码均为虚构。 This is OpenBeian’s simulator, not a real authority; people and numbers are fictional.</div>
<main><h1>${zh}</h1><p class="en">${en}</p>${body}</main>
<footer>模拟器时间 ${formatInstant(now)}（北京时间） · Simulator’s time, Asia/Shanghai</footer>
</body>
</html>
`.text;
}

/** 2026-11-21T01:30:00.000Z → 2026-11-21 09:30:00 */
export function formatInstant(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** A Chinese text with its English below. */
export function both(zh: string, en: string): Html {
  return html`${zh}<span class="en">${en}</span>`;
}

/** A table, or a line that says there is nothing. */
export function table(heads: readonly (readonly [zh: string, en: string])[], rows: readonly (readonly Html[])[]): Html {
  if (rows.length === 0) return html`<p class="empty">暂无 / nothing yet</p>`;
  return html`<table><thead><tr>${heads.map(([zh, en]) => html`<th scope="col">${both(zh, en)}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
}
