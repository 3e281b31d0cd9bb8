// @vitest-environment jsdom

import { ProblemError } from '@openbeian/contract/calling';
import {
  type CheckContext,
  checkForm,
  currentValues,
  type FieldDefinition,
  formFor,
  proposeNames,
  reachedSection,
  toldFinding,
} from '@openbeian/model/forms';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { loadDivisions } from '@openbeian/policies/divisions';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, expect, test, vi } from 'vitest';
import { call } from '../../api/client.ts';
import type { Filing, FilingForm, Finding } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { LanguageProvider } from '../../language/language.tsx';
import { prepareForPages } from '../../testing/open-page.tsx';
import { FormEditor } from './form-editor.tsx';

/** The server is played by the model: what is saved is checked by the rules that the server has, too. */
vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));

const context: CheckContext = {
  kind: 'first',
  subjectKind: 'individual',
  serviceKind: 'website',
  provinceCode: '440000',
  domainName: 'example.cn',
  at: '2026-11-21',
  limits: null,
  provinceRules: [],
  tables: loadCodeTables(),
  divisions: loadDivisions(),
};
const complete = {
  'subject.name': '示例姓名',
  'subject.certificateType': 'resident_id',
  'subject.certificateNumber': '11010519491231002X',
  'subject.certificateValidFrom': '2016-03-01',
  'subject.certificateValidTo': 'long_term',
  'subject.region': '440305',
  'subject.residenceProof': 'residence_permit',
  'subject.certificateAddress': '示例省示例市星河路43号13室',
  'subject.contactAddress': '示例省示例市星河路43号13室',
  'subject.principal.mobile': '19900000084',
  'subject.principal.emergencyMobile': '19900000085',
  'subject.principal.email': 'person@example.cn',
  'service.name': '云帆小记',
  'service.homeUrl': 'https://www.example.cn/',
  'service.content': 'blog',
  'service.languages': ['zh_hans'],
  'service.preApproval': [{ type: 'none' }],
  'service.access.methods': ['cloud'],
  'service.access.places': ['440000'],
};
let values: Record<string, unknown>;
let saved: Record<string, unknown>[];
let refused: string[] | null;
let used: string[];

const shown = (field: FieldDefinition) => {
  const { rules: _rules, notOffered: _not, personal, options, askedWhen, ...rest } = field;
  return {
    ...rest,
    personal: personal !== null,
    options: [...options],
    askedWhen: [...askedWhen] as FilingForm['sections'][number]['fields'][number]['askedWhen'],
  };
};

function form(): FilingForm {
  const definition = formFor(context);
  const sections = definition.sections.map(({ id, title, fields }) => ({
    id,
    title,
    fields: fields.map((field) => ({ ...shown(field), item: field.item.map(shown) })),
  }));
  const findings = checkForm(values, context);
  return {
    sections,
    values: currentValues(values, definition),
    findings: findings.map((finding) => toldFinding(finding, proposeNames(values, context, findings))),
    checkList: null,
    reached: reachedSection(definition, findings),
    refused,
    version: 1 + saved.length,
  };
}

const filingWith = (findings: Finding[]): Filing => ({
  id: 'fil_1',
  accountId: 'acct-individual',
  provider: 'xingyun',
  kind: 'first',
  kindText: { zh: '首次备案', en: 'First filing' },
  state: 'draft',
  stateText: { zh: '待完善信息', en: 'Draft' },
  owner: 'customer',
  actions: ['submit'],
  version: 1,
  domainName: 'example.cn',
  serviceKind: 'website',
  subjectKind: 'individual',
  provinceCode: '440000',
  subjectNumber: null,
  serviceNumber: null,
  resourceId: null,
  codeId: null,
  review: null,
  claim: null,
  findings,
  startedAt: '2026-11-21T01:00:00.000Z',
  updatedAt: '2026-11-21T01:00:00.000Z',
  dueAt: null,
  reopenUntil: null,
  dueProvisional: false,
  limit: null,
  reminders: [],
});

function Host({ findings }: { readonly findings: Finding[] }) {
  const answer = useAnswer('getFilingForm', { params: { filingId: 'fil_1' } });
  const [filing] = useState(() => filingWith(findings));
  if (!answer.data) return null;
  const materials = (only: readonly string[] | null) => <p>材料：{only === null ? '全部' : only.join()}</p>;
  return <FormEditor filing={filing} form={answer.data} materials={materials} />;
}

async function openForm(changes: Record<string, unknown> = {}, findings: Finding[] = []) {
  values = { ...complete, ...changes };
  const router = createMemoryRouter([{ path: '*', element: <Host findings={findings} /> }]);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LanguageProvider>
        <RouterProvider router={router} />
      </LanguageProvider>
    </QueryClientProvider>,
  );
  await screen.findByRole('region', { name: '网站信息' });
}

const region = (name: string) => within(screen.getByRole('region', { name }));
const stateOf = (section: string) => screen.getByRole('link', { name: new RegExp(`^${section}`) }).textContent;
/** What the field is described by: its help and everything that is wrong with it. */
const descriptionOf = (field: HTMLElement) =>
  (field.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');
/** The buttons behind which the codes of what speaks against the field stand. */
const codesBehind = (field: HTMLElement) =>
  (field.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .flatMap((id) => [...(document.getElementById(id)?.querySelectorAll('button[aria-expanded]') ?? [])]);

prepareForPages();
beforeEach(() => {
  saved = [];
  refused = null;
  used = [];
  vi.mocked(call).mockImplementation(async (id, input) => {
    if (id === 'saveFilingForm' || id === 'correctFilingForm') {
      used.push(id);
      const { body } = input as { body: { values: Record<string, unknown> } };
      saved.push(body.values);
      values = { ...values, ...body.values };
      return { form: form() };
    }
    return form();
  });
});

test('a form without a mistake says so in every section, and no field is marked', async () => {
  await openForm();
  expect(['主体信息', '主体负责人', '网站信息', '接入信息'].map(stateOf)).toEqual([
    '主体信息已完成',
    '主体负责人已完成',
    '网站信息已完成',
    '接入信息已完成',
  ]);
  expect(screen.getAllByRole('textbox').filter((box) => box.getAttribute('aria-invalid') === 'true')).toEqual([]);
});

test('an empty required field is counted and marked, but is no error', async () => {
  await openForm({ 'service.name': '', 'service.content': '' });
  expect(stateOf('网站信息')).toBe('网站信息2 项未填写');
  const name = region('网站信息').getByLabelText(/^网站名称/);
  expect(name.getAttribute('aria-invalid')).toBe('false');
  expect(name.getAttribute('aria-required')).toBe('true');
  expect(region('网站信息').getAllByText('此项必填')).toHaveLength(2);
  expect(region('网站信息').queryByText(/未填写$/)).toBeNull();
});

test('a mistake is described at its field: what is wrong, how to fix it, the rule and its source', async () => {
  await openForm({ 'subject.principal.mobile': '12345' });
  expect(stateOf('主体负责人')).toBe('主体负责人1 项待修改');
  const mobile = region('主体负责人').getByLabelText('手机号码');
  expect(mobile.getAttribute('aria-invalid')).toBe('true');
  const [finding] = checkForm(values, context);
  for (const part of [finding?.message.zh, finding?.remedy?.zh]) expect(descriptionOf(mobile)).toContain(part);
  // What programs know the rule by is no text for customers: it comes when it is asked for.
  expect(descriptionOf(mobile)).not.toContain(finding?.rule);
  for (const button of codesBehind(mobile)) fireEvent.click(button);
  for (const part of [finding?.rule, finding?.source]) expect(descriptionOf(mobile)).toContain(part);
});

test('while a field is changed the check is silent there, and speaks again once it is saved', async () => {
  const person = userEvent.setup();
  await openForm({ 'service.name': '小记' });
  const name = region('网站信息').getByLabelText('网站名称');
  expect(codesBehind(name).map((button) => button.ariaLabel)).toContain('代码与依据 (service_name.form)');
  await person.type(name, '航');
  expect(codesBehind(name)).toEqual([]);
  expect(screen.getByRole('status').textContent).toContain('有未保存的修改');
  await person.tab();
  await vi.waitFor(() => expect(saved).toEqual([{ 'service.name': '小记航' }]));
  await vi.waitFor(() => expect(screen.getByRole('status').textContent).toContain('已保存'));
  expect(stateOf('网站信息')).toBe('网站信息已完成');
  await person.clear(name);
  await person.type(name, 'example.cn');
  await person.tab();
  await vi.waitFor(() => expect(descriptionOf(name)).toContain('网站名称不能就是域名'));
});

test('what a reviewer wrote stays at the field while it is changed', async () => {
  const person = userEvent.setup();
  await openForm({}, [
    {
      field: 'service.name',
      rule: 'review.site_name',
      message: { zh: '请写明网站内容', en: 'Say what the site is about' },
      remedy: null,
      source: null,
      from: 'reviewer',
      severity: 'error',
    },
  ]);
  const name = region('网站信息').getByLabelText('网站名称');
  await person.type(name, '航');
  expect(descriptionOf(name)).toContain('初审意见: 请写明网站内容');
  expect(stateOf('网站信息')).toBe('网站信息1 项待修改');
});

test('a hidden personal value is shown masked, and only a new one is sent', async () => {
  const person = userEvent.setup();
  await openForm({ 'subject.principal.mobile': '199****0084' });
  const principal = region('主体负责人');
  expect(principal.getByText('199****0084')).toBeTruthy();
  await person.click(principal.getByLabelText('手机号码'));
  await person.type(principal.getByLabelText('手机号码'), '19900000099');
  await person.tab();
  await vi.waitFor(() => expect(saved).toEqual([{ 'subject.principal.mobile': '19900000099' }]));
});

test('a failed save says so and keeps what was typed', async () => {
  const person = userEvent.setup();
  await openForm();
  const read = vi.mocked(call).getMockImplementation();
  vi.mocked(call).mockImplementation(async (id, input) => {
    if (id === 'saveFilingForm') throw Object.assign(new TypeError('no answer'), { retry: 'never' });
    return await read?.(id, input);
  });
  const name = region('网站信息').getByLabelText('网站名称');
  await person.type(name, '航');
  await person.tab();
  await vi.waitFor(() => expect(screen.getByRole('status').textContent).toContain('保存失败'), { timeout: 15_000 });
  expect((name as HTMLInputElement).value).toBe('云帆小记航');
  expect(screen.getByRole('button', { name: '立即保存' })).toBeTruthy();
});

test('a field that was changed elsewhere is shown with both values, and the other fields are saved', async () => {
  const person = userEvent.setup();
  await openForm();
  const read = vi.mocked(call).getMockImplementation();
  let refusals = 0;
  vi.mocked(call).mockImplementation(async (id, input) => {
    const { base } = (input as { body?: { base?: Record<string, unknown> } }).body ?? {};
    if (id === 'saveFilingForm' && base && 'service.name' in base && base['service.name'] !== values['service.name']) {
      refusals += 1;
      const place = { path: 'values["service.name"]', expected: 'what you saw', zh: '已修改', en: 'changed' };
      throw new ProblemError({
        status: 409,
        code: 'object.changed',
        zh: '已更新',
        en: 'changed',
        places: [place],
      } as never);
    }
    return await read?.(id, input);
  });
  values = { ...values, 'service.name': '远山小记' };
  const name = region('网站信息').getByLabelText('网站名称') as HTMLInputElement;
  await person.type(name, '航');
  await person.tab();
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('已保存的：远山小记');
  expect(alert.textContent).toContain('您填写的：云帆小记航');
  expect(name.value).toBe('云帆小记航');
  await person.type(region('主体信息').getByLabelText(/^主体备注/), '无');
  await person.tab();
  await vi.waitFor(() => expect(saved).toEqual([{ 'subject.remark': '无' }]));
  await person.click(screen.getByRole('button', { name: '使用我填写的' }));
  await vi.waitFor(() => expect(saved.at(-1)).toEqual({ 'service.name': '云帆小记航' }), { timeout: 5000 });
  expect(refusals).toBe(1);
});

test('after a return only what was refused is open, and saved by an operation of its own', async () => {
  const person = userEvent.setup();
  refused = ['service.name', 'service.remark'];
  const finding = { rule: 'review.other', message: { zh: '请更换', en: 'Replace it' }, remedy: null, source: null };
  await openForm({}, [{ ...finding, from: 'reviewer', severity: 'error', field: 'materials.pledge.whole' }]);
  expect(screen.getByText('材料：materials.pledge.whole')).toBeTruthy();
  expect(stateOf('材料')).toBe('材料1 项待修改');
  expect(screen.queryByRole('region', { name: '主体信息' })).toBeNull();
  expect(region('网站信息').queryByLabelText(/^首页网址/)).toBeNull();
  await person.type(region('网站信息').getByLabelText(/^网站备注/), '说明');
  await person.tab();
  await vi.waitFor(() => expect(saved).toEqual([{ 'service.remark': '说明' }]));
  expect(used).toEqual(['correctFilingForm']);
  await vi.waitFor(() => expect(screen.getByRole('status').textContent).toContain('已保存'));
  await person.click(screen.getByRole('button', { name: '修改全部内容' }));
  expect(screen.getByRole('region', { name: '主体信息' })).toBeTruthy();
  expect(screen.getByText('材料：全部')).toBeTruthy();
});

test('only what the case asks is shown: the account of a messenger that was chosen, and rows of a list one by one', async () => {
  const person = userEvent.setup();
  await openForm();
  expect(region('主体负责人').queryByLabelText(/^即时通信账号/)).toBeNull();
  await person.click(region('接入信息').getByRole('button', { name: /添加IP/ }));
  await person.type(region('接入信息').getByLabelText(/^起始 IP/), '10.0.0.1');
  await person.type(region('接入信息').getByLabelText(/^终止 IP/), '203.0.113.9');
  await person.tab();
  const range = { first: '10.0.0.1', last: '203.0.113.9' };
  await vi.waitFor(() => expect(saved.at(-1)).toEqual({ 'service.access.ipRanges': [range] }), { timeout: 10_000 });
  const first = region('接入信息').getByLabelText(/^起始 IP/);
  await vi.waitFor(() => expect(descriptionOf(first)).toContain('应为公网 IPv4 或 IPv6 地址'));
  expect(stateOf('接入信息')).toBe('接入信息1 项待修改');
  await person.click(region('接入信息').getByRole('button', { name: '删除IP 地址段 1' }));
  await vi.waitFor(() => expect(stateOf('接入信息')).toBe('接入信息已完成'));
});

test('a refused name comes with names that pass, and a click takes one', async () => {
  const person = userEvent.setup();
  await openForm();
  const name = region('网站信息').getByLabelText<HTMLInputElement>('网站名称');
  await person.clear(name);
  await person.type(name, 'example.cn');
  await person.tab();
  await vi.waitFor(() => expect(descriptionOf(name)).toContain('可以改为：'));
  const [offered] = saved.length > 0 ? proposeNames(values, context, checkForm(values, context)) : [];
  await person.click(region('网站信息').getByRole('button', { name: offered ?? '' }));
  expect(name.value).toBe(offered);
});
