import type { AuthorityKind } from '@openbeian/model/filing';
import { type AuthorityCore, maxWrongTries, type SmsAnswer } from '../core/authority-core.ts';
import type { RegisteredService } from '../core/registry.ts';
import { resultCodes } from '../core/result-codes.ts';
import type { PhoneText, SimState, SubmissionCase } from '../core/sim-state.ts';
import { portalStatusOf } from '../core/sms-portal.ts';
import { type Html, html } from './html.ts';
import { both, formatInstant, type Page, table } from './layout.ts';

/** All submissions and the register. */
export function overviewPage(state: SimState): Page {
  const cases = [...state.cases.values()]
    .toReversed()
    .map((found) => [
      html`<span class="mono">${found.submission.id}</span><span class="en mono">${found.receipt}</span>`,
      both(kindTexts[found.submission.kind][0], kindTexts[found.submission.kind][1]),
      html`${found.submission.service.name}<span class="en">${found.submission.service.domainName}</span>`,
      statusTag(found),
      html`${formatInstant(found.receivedAt)}`,
    ]);
  const services = [...state.registry.services.values()].toReversed().map((service) => registerRow(state, service));
  const body = html`<div class="card"><h2>报送 <span class="en">Submissions</span></h2>
${table(
  [
    ['报送编号', 'Submission'],
    ['类型', 'Kind'],
    ['网站', 'Service'],
    ['状态', 'Status'],
    ['收到时间', 'Received'],
  ],
  cases,
)}</div>
<div class="card"><h2>备案库 <span class="en">Register</span></h2>${table(registerHeads, services)}</div>
<p class="en">未确认的下行消息 / messages not yet acknowledged: ${state.unacknowledged.size}</p>`;
  return { path: '/', zh: '总览', en: 'Overview', body, refreshSeconds: 10 };
}

type PageAnswer = SmsAnswer | { readonly outcome: `resend_${ReturnType<AuthorityCore['resendSms']>}` };

/** The form of the SMS verification, with the answer to the last try. */
export function smsPage(answer: PageAnswer | null, mobile = ''): Page {
  const body = html`<div class="card narrow">${answer ? answerBox(answer) : null}
<form method="post" action="/sms" autocomplete="off">
<label><span>手机号 <span class="en">Mobile number</span></span><input name="mobile" inputmode="tel" maxlength="64" value="${mobile}" required></label>
<label><span>短信验证码（六位数字） <span class="en">Code from the SMS, six digits</span></span><input name="code" inputmode="numeric" maxlength="16" required></label>
<label><span>证件号码后六位 <span class="en">Last six characters of the certificate number</span></span><input name="lastSix" maxlength="16" required></label>
<button type="submit">提交核验 / Verify</button></form></div>
<div class="card narrow"><h2>重新发送短信 <span class="en">Send the SMS again</span></h2>
<form method="post" action="/sms/again" autocomplete="off">
<label><span>手机号 <span class="en">Mobile number</span></span><input name="mobile" inputmode="tel" maxlength="64" value="${mobile}" required></label>
<label><span>证件号码后六位 <span class="en">Last six characters of the certificate number</span></span><input name="lastSix" maxlength="16" required></label>
<button type="submit">重新发送 / Send again</button></form></div>
<p class="en">短信发到<a href="/phone">模拟手机</a>；输错 ${maxWrongTries} 次或超过时限，订单将退回接入商。<br>
The SMS arrives on the <a href="/phone">simulated phones</a>. After ${maxWrongTries} wrong tries, or too late, the filing goes back to the provider.</p>`;
  return { path: '/sms', zh: '备案短信核验', en: 'SMS verification of a filing', body };
}

/** All phones' texts, newest first. */
export function phonePage(state: SimState): Page {
  const cards = state.phone.toReversed().map(
    (
      text,
    ) => html`<div class="card"><strong>${text.mobile}</strong> <span class="en">${formatInstant(text.sentAt)}</span>
${text.code ? html`<div class="code">${text.code}</div>` : null}<div>${text.zh}</div><div class="en">${text.en}</div>
${isWaiting(state, text) ? html`<p><a href="/sms">去核验 / verify</a></p>` : null}</div>`,
  );
  const body = cards.length > 0 ? html`${cards}` : html`<div class="card empty">还没有短信。 No texts yet.</div>`;
  return {
    path: '/phone',
    zh: '模拟手机收件箱',
    en: 'Inbox of the simulated phones, newest first',
    body,
    refreshSeconds: 5,
  };
}

/** A text whose code can still be entered. */
function isWaiting(state: SimState, { submissionId, mobile, code }: PhoneText): boolean {
  const found = state.cases.get(submissionId);
  return code !== null && found?.status === 'sms_waiting' && !found.confirmed.has(mobile);
}

/** Public look-up by domain name, filing number, name of the organiser or of the site. */
export function queryPage(state: SimState, search: string | null): Page {
  const found = search === null ? [] : findServices(state, search);
  const answer =
    search === null
      ? null
      : html`<div class="card"><h2>查询结果 <span class="en">Found</span></h2>${
          found.length > 0
            ? table(
                registerHeads,
                found.map((service) => registerRow(state, service)),
              )
            : html`<p class="empty">没有查到“${search}”的备案。 Nothing is filed under “${search}”.</p>`
        }</div>`;
  const body = html`<div class="card"><form method="get" action="/query" class="row">
<input name="search" aria-label="域名、备案号或主办者名称" placeholder="域名 / 备案号 / 主办者名称 / 网站名称" value="${search ?? ''}" required><button type="submit">查询 / Query</button>
</form></div>${answer}`;
  return { path: '/query', zh: '备案公众查询', en: 'Public query of filings', body };
}

const registerHeads = [
  ['备案号', 'Filing number'],
  ['主办者', 'Organiser'],
  ['名称与域名', 'Service and name'],
  ['接入商', 'Providers'],
  ['备案时间', 'Recorded'],
] as const;

function registerRow(state: SimState, service: RegisteredService): Html[] {
  return [
    html`<span class="mono">${service.number}</span>`,
    html`${state.registry.subjects.get(service.subjectNumber)?.name ?? ''}`,
    html`${service.name}<span class="en">${service.domainName}</span>`,
    html`${service.accesses.join('、') || '—'}`,
    html`${formatInstant(service.recordedAt)}`,
  ];
}

function findServices(state: SimState, search: string): RegisteredService[] {
  const { registry } = state;
  const wanted = search.trim();
  const byDomain = registry.listServicesByDomain(wanted);
  if (byDomain.length > 0) return byDomain;
  return [...registry.services.values()].filter(
    (service) =>
      service.number === wanted ||
      service.subjectNumber === wanted ||
      service.name === wanted ||
      registry.subjects.get(service.subjectNumber)?.name === wanted,
  );
}

const kindTexts: Readonly<Record<AuthorityKind, readonly [zh: string, en: string]>> = {
  first: ['首次备案', 'First filing'],
  access: ['新增接入', 'Access'],
  add_site_here: ['新增互联网信息服务', 'Add a site'],
  access_one_click: ['新增接入（一键）', 'Access, one click'],
  add_site_elsewhere: ['新增互联网信息服务（原备案不在本接入商）', 'Add a site, filed elsewhere'],
  change_filing: ['变更主体', 'Change an organiser'],
  change_site: ['变更互联网信息服务', 'Change a site'],
  correction: ['核查整改', 'Correction on demand'],
  cancel_subject: ['注销主体', 'Cancel an organiser'],
  cancel_site: ['注销互联网信息服务', 'Cancel a site'],
  cancel_access: ['取消接入', 'Cancel access'],
};

const statusTexts = {
  received: ['已接收', 'received', 'wait'],
  sms_waiting: ['等待短信核验', 'SMS due', 'wait'],
  deciding: ['管局审核中', 'being decided', 'wait'],
  approved: ['已通过', 'approved', 'ok'],
  rejected: ['已驳回', 'rejected', 'bad'],
  sms_failed: ['短信核验失败', 'SMS failed', 'bad'],
} as const;

function statusTag({ status, outcome, smsDueAt, challenges, confirmed }: SubmissionCase): Html {
  const [zh, en, tone] = statusTexts[status];
  const detail =
    outcome?.kind === 'approved'
      ? html`<span class="mono">${outcome.serviceNumber}</span>`
      : outcome?.kind === 'rejected'
        ? html`${outcome.reasons.map((reason) => html`<div>${reason.code} ${reason.text}<span class="en">${reasonEnglish(reason.code)}</span></div>`)}`
        : status === 'sms_waiting' && smsDueAt !== null
          ? html`<span class="en">${confirmed.size}/${challenges.length}，${formatInstant(smsDueAt)} 前 / until then</span>`
          : null;
  return html`<span class="tag ${tone}">${zh} / ${en}</span><div>${detail}</div>`;
}

function reasonEnglish(code: string): string {
  return code in resultCodes ? resultCodes[code as keyof typeof resultCodes].en : '';
}

function answerBox(answer: PageAnswer): Html {
  const [tone, zh, en] = answerTexts(answer);
  return html`<div class="answer ${tone}" role="status">${both(zh, en)}<span class="en">validStatus ${portalStatusOf(answer)}</span></div>`;
}

function answerTexts(answer: PageAnswer): [tone: string, zh: string, en: string] {
  switch (answer.outcome) {
    case 'confirmed':
      return answer.othersWaiting > 0
        ? [
            'ok',
            `核验成功，还有 ${answer.othersWaiting} 位负责人待核验。`,
            `Confirmed; ${answer.othersWaiting} more to go.`,
          ]
        : ['ok', '核验成功，备案已进入管局审核。', 'Confirmed; the filing is now being decided.'];
    case 'resend_sent':
      return ['ok', '短信已重新发送。', 'Sent again.'];
    case 'resend_limit':
      return [
        'bad',
        '重发次数已达上限，订单已退回接入商。',
        'It was sent again as often as it may; the filing was returned to the provider.',
      ];
    case 'resend_wrong':
      return ['bad', '手机号与证件号码不符。', 'Mobile and certificate do not match.'];
    case 'resend_nothing_waiting':
    case 'nothing_waiting':
      return [
        'bad',
        '该手机号没有待核验的短信，可能已核验或已超时。',
        'No SMS waits for this number; it was confirmed already or is too late.',
      ];
    case 'wrong':
      return [
        'bad',
        `信息不符，还可尝试 ${answer.triesLeft} 次。`,
        `That does not match; tries left: ${answer.triesLeft}.`,
      ];
    case 'too_many_attempts':
      return [
        'bad',
        '错误次数过多，订单已退回接入商。',
        'Too many wrong attempts; the filing was returned to the provider.',
      ];
  }
}
