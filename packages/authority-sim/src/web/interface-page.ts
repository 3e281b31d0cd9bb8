import { provinces } from '@openbeian/model/province';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { faultOrder, listLines, noticeShape, say } from '../control/interface-routes.ts';
import { SimRefusal } from '../core/authority-core.ts';
import { parseInput, SimProblem } from '../problem.ts';
import { faultNames, faults } from '../v3/mischief.ts';
import type { InterfaceWorld } from '../v3/world.ts';
import { type Html, html } from './html.ts';
import { both, formatInstant, type Page, table } from './layout.ts';

const provinceName = (code: string): string => provinces.find((province) => province.code === code)?.zh ?? code;

/** Lines, what the authority can be made to say, faults and the latest calls of interface V3.0. */
function interfacePage(world: InterfaceWorld, told: { readonly isDone: boolean; readonly text: string } | null): Page {
  const body = html`${
    told && html`<div class="answer ${told.isDone ? 'ok' : 'bad'}" role="status">${told.text}</div>`
  }<div class="card"><h2>线路 <span class="en">Lines</span></h2>${linesTable(world)}</div>
<div class="card"><h2>管局下发 <span class="en">What the authority says</span></h2>${noticeForm(world)}</div>
<div class="card"><h2>故障 <span class="en">Faults</span></h2>${faultForm}${faultsTable(world)}</div>
<div class="card"><h2>最近的调用 <span class="en">Latest calls</span></h2>${callsTable(world)}</div>`;
  return { path: '/v3', zh: '接口 V3.0', en: 'Interface V3.0: lines of providers with provinces', body };
}

function linesTable(world: InterfaceWorld): Html {
  const rows = listLines(world).map(({ line, isOpen, lastSequence, waiting, unacknowledged }) => [
    html`<span class="mono">${line.unit}</span> ${provinceName(line.province)}`,
    isOpen ? html`<span class="tag ok">受理中 / open</span>` : html`<span class="tag wait">已关闭 / closed</span>`,
    html`${lastSequence}`,
    html`${waiting}`,
    html`${unacknowledged.map(({ fileName }) => html`<div class="mono">${fileName}</div>`)}`,
  ]);
  return table(
    [
      ['企业与省份', 'Provider and province'],
      ['时段', 'Hours'],
      ['最后序号', 'Last sequence'],
      ['待下发', 'Waiting'],
      ['待确认文件', 'Not acknowledged'],
    ],
    rows,
  );
}

const field = (name: string, label: string, more = '') =>
  html`<label><span>${label}</span><input name="${name}" aria-label="${label}" value="${more}"></label>`;

const sayings = [
  ['verification_task', '核实任务 / verification task'],
  ['correction', '修改通知 / correction'],
  ['check_dead', '核查：空壳网站 / check: dead site'],
  ['check_over', '核查：多报接入 / check: over-reported'],
  ['check_under', '核查：少报接入 / check: under-reported'],
  ['check_again', '网站重核 / look again'],
  ['unfiled_sites', '未备案网站 / unfiled site'],
  ['illegal_access', '非法接入黑名单 / illegal access'],
  ['blacklist', '域名黑名单 / blacklisted name'],
  ['code_tables', '代码表 / code tables'],
  ['everything', '数据同步 / full synchronisation'],
  ['cancel_subject', '注销主体 / cancel an organiser'],
  ['cancel_service', '注销网站 / cancel a site'],
] as const;

const noticeForm = ({ units }: InterfaceWorld): Html =>
  html`<form method="post" action="/v3/notices" autocomplete="off"><div class="fields">
<label><span>下发 / say</span><select name="what">${sayings.map(([value, label]) => html`<option value="${value}">${label}</option>`)}</select></label>
${field('number', '备案号 / filing number')}${field('text', '更正要求 / what to correct')}
${field('unit', '企业标识 / provider', String(units[0]?.ispId ?? ''))}${field('province', '省份 / province', '440000')}
${field('domainName', '域名 / domain name')}${field('address', 'IP', '203.0.113.9')}</div>
<p class="en">核实、更正、核查、注销填备案号；未备案网站、黑名单填域名；数据同步填企业和省份。 Tasks, corrections, checks and cancellations need a filing number; lists a domain name; a synchronisation provider and province.</p>
<button type="submit">下发 / Send</button></form>`;

const faultForm = html`<form method="post" action="/v3/faults" autocomplete="off">
<label><span>安排一次故障 / play a fault</span><select name="name">${faultNames.map((name) => html`<option value="${name}">${faults[name].zh} / ${name}</option>`)}</select></label>
<button type="submit">安排 / Order</button></form>`;

function faultsTable({ mischief }: InterfaceWorld): Html {
  const rows = mischief.played
    .slice(-30)
    .toReversed()
    .map(({ at, name, line, about }) => [
      html`${formatInstant(at)}`,
      both(faults[name].zh, name),
      html`${line.unit} ${provinceName(line.province)}`,
      html`<span class="mono">${about ?? ''}</span>`,
    ]);
  return table(
    [
      ['时间', 'At'],
      ['故障', 'Fault'],
      ['线路', 'Line'],
      ['对象', 'About'],
    ],
    rows,
  );
}

function callsTable({ calls }: InterfaceWorld): Html {
  const rows = calls.calls
    .slice(-50)
    .toReversed()
    .map(({ at, operation, line, code, mistake, detail }) => [
      html`${formatInstant(at)}`,
      html`<span class="mono">${operation ?? 'SOAP'}</span>`,
      html`${line === null ? '—' : `${line.unit} ${provinceName(line.province)}`}`,
      html`${code ?? 'Fault'}`,
      html`<span class="mono">${mistake ?? ''} ${detail ?? ''}</span>`,
    ]);
  return table(
    [
      ['时间', 'At'],
      ['方法', 'Operation'],
      ['线路', 'Line'],
      ['代码', 'Code'],
      ['说明', 'Detail'],
    ],
    rows,
  );
}

const text = z.string().trim().max(255).default('');
const noticeFields = z.object({
  what: z.enum(sayings.map(([value]) => value)),
  number: text,
  text,
  unit: text,
  province: text,
  domainName: text,
  address: text,
});

/** What the form asks for; a cancellation is the core's own. */
function order(world: InterfaceWorld, form: z.output<typeof noticeFields>): void {
  const { what, number, text: said, domainName, address } = form;
  const line = { unit: Number(form.unit), province: form.province };
  if (what === 'cancel_subject' || what === 'cancel_service') {
    const scope = what === 'cancel_subject' ? 'subject' : 'service';
    world.core.cancelRecord({ scope, number, provider: null });
    return;
  }
  const found = {
    check_dead: 'dead',
    check_over: 'over_reported',
    check_under: 'under_reported',
    check_again: 'look_again',
  };
  const notices: Readonly<Record<string, unknown>> = {
    verification_task: { say: what, number },
    correction: { say: what, number, text: said },
    unfiled_sites: { say: what, line, sites: [{ domainName, address }] },
    illegal_access: { say: what, domainName, address, unit: line.unit },
    blacklist: { say: what, subject: null, domainName },
    code_tables: { say: what },
    everything: { say: what, line },
  };
  const check = Object.entries(found).find(([name]) => name === what);
  say(world, parseInput(noticeShape, check === undefined ? notices[what] : { say: 'check', number, found: check[1] }));
}

/** The page and what its forms do; what cannot be done is said on the page. */
export function addInterfacePage(
  web: FastifyInstance,
  world: InterfaceWorld,
  send: (reply: FastifyReply, page: Page) => FastifyReply,
): void {
  const tried = (reply: FastifyReply, act: () => void) => {
    try {
      act();
      return send(reply, interfacePage(world, { isDone: true, text: '已安排。 Done.' }));
    } catch (error) {
      if (!(error instanceof SimProblem || error instanceof SimRefusal)) throw error;
      const places = error.places.map(({ path, expected }) => `${path}: ${expected}`).join('；');
      const said = `未能下发。 That cannot be done: ${places || error.message}`;
      return send(reply.code(400), interfacePage(world, { isDone: false, text: said }));
    }
  };
  web.get('/v3', (_request, reply) => {
    world.core.tick();
    return send(reply, interfacePage(world, null));
  });
  web.post('/v3/notices', (request, reply) => tried(reply, () => order(world, parseInput(noticeFields, request.body))));
  web.post('/v3/faults', (request, reply) =>
    tried(reply, () => {
      const { name, times, line } = parseInput(faultOrder, request.body);
      world.mischief.order(name, times, line);
    }),
  );
}
