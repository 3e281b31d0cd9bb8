// @vitest-environment jsdom
import { ProblemError } from '@openbeian/contract/calling';
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { call } from '../../api/client.ts';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import { AuthorityPage } from './authority-page.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const at = '2026-11-29T02:00:00.000Z';
const line = {
  provinceCode: '440000',
  state: 'stopped',
  closedUntil: null,
  stoppedAt: at,
  because: { code: '5003', zh: '密钥有误', en: 'A key is wrong' },
  downloadsWait: null,
  lastOperation: 'isp_upload',
  lastCode: 0,
  lastAt: at,
  acceptedSequence: 12,
  waiting: 3,
  oldestWaitingAt: at,
  withOperator: 1,
  openCases: 1,
  sendingSince: null,
};
const openCase = {
  id: 'cas_1',
  provinceCode: '440000',
  kind: 'unmatched_result',
  openedAt: at,
  about: null,
  waits: false,
  answers: [],
  downloadId: null,
  filingId: null,
  domainName: null,
};
const difference = {
  id: 'dif_1',
  provinceCode: '440000',
  kind: 'access_missing_there',
  state: 'open',
  serviceNumber: '粤ICP备2026000001号-1',
  domainName: 'example.cn',
  ours: 'example.cn',
  theirs: null,
  foundAt: at,
  confirmedAt: at,
};
const run = {
  id: 'rec_1',
  provinceCode: '440000',
  startedAt: at,
  endedAt: null,
  ending: null,
  compared: 9,
  asked: 3,
  skipped: 1,
  waiting: 1,
  uncarried: 0,
  unsaid: 4,
  found: 2,
  waitsUntil: at,
  because: { code: '20', zh: '不在上报时间', en: 'Outside reporting hours' },
};
const answersOfPage: Readonly<Record<string, unknown>> = {
  listDifferences: { differences: [difference], next: null },
  listReconciliations: { reconciliations: [run], next: null },
  repairDifference: { state: 'sent' },
  startReconciliation: { started: true, reconciliationId: 'rec_1' },
  listAuthorityLines: { lines: [line] },
  listAuthorityCases: { cases: [openCase], next: null },
  getAuthorityDocument: { content: { Dwmc: '张＊＊＊' } },
  listAuthorityFiles: {
    files: [
      { id: 'dwn_2', fileName: 'F2', fetchedAt: at, acknowledgedAt: at, trouble: null },
      { id: 'dwn_1', fileName: 'F1', fetchedAt: at, acknowledgedAt: null, trouble: 'bad_zip' },
    ],
  },
  revealAuthorityDocument: { content: { Dwmc: '张三丰' } },
};

async function open(role: 'operator' | 'auditor') {
  openPage(<AuthorityPage />, { role, answers: answersOfPage });
  await screen.findByText('cas_1');
}

/** The next command is refused for these places; everything else is answered as before. */
function refuseNext(places: readonly { path: string; en: string; zh: string }[]) {
  const problem = { status: 400, code: 'input.invalid', zh: '输入有误', en: 'Invalid input', places };
  const before = vi.mocked(call).getMockImplementation();
  vi.mocked(call).mockImplementation(async (id, ...rest) => {
    if (id === 'settleAuthorityCase') throw new ProblemError(problem as never); // what is read of it
    return before?.(id, ...rest);
  });
}

/** The panel, which has the name of its list. */
const listOf = (name: string) => screen.getByRole('region', { name });
const contentOfCase = () => fireEvent.click(within(listOf('待处理事项')).getByRole('button', { name: '内容' }));

test('an operator sees why a line is stopped, and says which filing a result is about', async () => {
  await open('operator');
  expect(screen.getByText('已停止')).toBeDefined();
  expect(screen.getByText('密钥有误')).toBeDefined();
  expect(screen.getByText('isp_upload')).toBeDefined();
  expect(screen.getByRole('button', { name: '恢复' })).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: '处理' }));
  const dialog = await screen.findByRole('dialog');
  // What does not fit a result that nobody could place is not offered.
  expect(within(dialog).queryByRole('radio', { name: '重新报送' })).toBeNull();
  // Nothing is chosen beforehand: one click settles nothing.
  fireEvent.click(within(dialog).getByRole('button', { name: /^处\s?理$/ }));
  await within(dialog).findByText('请选择处理方式');
  expect(askedFor('settleAuthorityCase')).toEqual([]);
  fireEvent.click(within(dialog).getByRole('radio', { name: '指明所属订单' }));
  fireEvent.change(await within(dialog).findByLabelText('订单号'), { target: { value: ' fil_1 ' } });
  fireEvent.click(within(dialog).getByRole('button', { name: /^处\s?理$/ }));
  await screen.findByText('已处理');
  const act = { act: 'is_about', filingId: 'fil_1' };
  expect(askedFor('settleAuthorityCase')).toEqual([{ params: { caseId: 'cas_1' }, body: { act } }]);
});

test('a case that its filing waits for cannot be settled as merely seen, and the dialog says why', async () => {
  const cases = [{ ...openCase, kind: 'unclear_result', waits: true }];
  openPage(<AuthorityPage />, {
    role: 'operator',
    answers: { ...answersOfPage, listAuthorityCases: { cases, next: null } },
  });
  fireEvent.click(await screen.findByRole('button', { name: '处理' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByRole('radio', { name: '重新报送' })).toBeDefined();
  expect(dialog.queryByRole('radio', { name: '已知晓，无需其他处理' })).toBeNull();
  expect(dialog.getByText('订单正在等待处理结果，因此不能只标为已知晓。')).toBeDefined();
});

test('whoever settles a case reads in the dialog what it is about, masked', async () => {
  const kept = { ...openCase, kind: 'unclear_result', domainName: 'example.cn' };
  const codes = [{ code: 1069, zh: '附件有误', en: 'Wrong enclosure', said: '附件不符合要求' }];
  const content = {
    result: { operation: 'new_filing', mark: { by: 'own_subject', id: 7 }, codes },
    opinion: '请＊＊＊',
  };
  const listed = { listAuthorityCases: { cases: [kept], next: null }, getAuthorityDocument: { content } };
  openPage(<AuthorityPage />, { role: 'operator', answers: { ...answersOfPage, ...listed } });
  fireEvent.click(await screen.findByRole('button', { name: '处理' }));
  const about = within(await screen.findByRole('dialog')).findByRole('list', { name: '事项的内容' });
  expect([...(await about).children].map(({ textContent }) => textContent)).toEqual([
    '域名：example.cn',
    '管局结果：1069 附件有误 · 附件不符合要求',
    '审核意见：请＊＊＊',
  ]);
  expect(askedFor('revealAuthorityDocument')).toEqual([]);
});

async function chooseAct(dialog: HTMLElement, act: string, field: string): Promise<void> {
  fireEvent.click(within(dialog).getByRole('radio', { name: act }));
  await within(dialog).findByLabelText(field);
}

const asked = (kind: string, answers: readonly { id: number; zh: string }[]) => ({
  ...answersOfPage,
  listAuthorityCases: { cases: [{ ...openCase, kind, answers }], next: null },
});

test('a verification task is answered with who has verified it, and what is wrong only where something is', async () => {
  openPage(<AuthorityPage />, { role: 'operator', answers: asked('verification_task', [{ id: 1, zh: '信息属实' }]) });
  fireEvent.click(await screen.findByRole('button', { name: '处理' }));
  const dialog = await screen.findByRole('dialog');
  const fill = (label: string, value: string) =>
    fireEvent.change(within(dialog).getByLabelText(label), { target: { value } });
  await chooseAct(dialog, '上报核实结果', '核实人');
  expect(within(dialog).queryByLabelText('错误信息（选填）')).toBeNull();
  fireEvent.click(within(dialog).getByRole('radio', { name: '信息不实' }));
  fill('核实人', ' 核实员 ');
  fill('核实意见', '信息不实');
  fireEvent.change(await within(dialog).findByLabelText('错误信息（选填）'), { target: { value: '电话无法接通' } });
  fireEvent.click(within(dialog).getByRole('button', { name: /^处\s?理$/ }));
  await screen.findByText('已处理');
  const act = { act: 'answer_task', isTrue: false, verifier: '核实员', opinion: '信息不实', errors: '电话无法接通' };
  expect(askedFor('settleAuthorityCase')).toEqual([{ params: { caseId: 'cas_1' }, body: { act } }]);
});

test('what the server refuses of an answer is said at its field, by the field’s name', async () => {
  openPage(<AuthorityPage />, { role: 'operator', answers: asked('verification_task', []) });
  fireEvent.click(await screen.findByRole('button', { name: '处理' }));
  const dialog = await screen.findByRole('dialog');
  const fill = (label: string, value: string) =>
    fireEvent.change(within(dialog).getByLabelText(label), { target: { value } });
  await chooseAct(dialog, '上报核实结果', '核实人');
  fireEvent.click(within(dialog).getByRole('radio', { name: '信息属实' }));
  fill('核实人', '𠮷');
  fill('核实意见', '信息属实');
  const refused = '不能含 𠮷：管局系统无法接收';
  refuseNext([{ path: 'act.verifier', en: 'no 𠮷', zh: refused }]);
  fireEvent.click(within(dialog).getByRole('button', { name: /^处\s?理$/ }));
  await within(dialog).findByText(refused);
  expect(within(dialog).getByLabelText('核实人').getAttribute('aria-invalid')).toBe('true');
  expect(within(dialog).getByLabelText('核实意见').getAttribute('aria-invalid')).not.toBe('true');
  expect(within(dialog).queryByText(/act\.verifier/)).toBeNull();
});

test('an unfiled site is reported with a row of the province’s table, or with a number where it has sent none', async () => {
  openPage(<AuthorityPage />, { role: 'operator', answers: asked('unfiled_site', []) });
  fireEvent.click(await screen.findByRole('button', { name: '处理' }));
  const dialog = await screen.findByRole('dialog');
  await chooseAct(dialog, '上报处理结果', '处理意见');
  expect(within(dialog).getByText(/未下发处理结果代码表/)).toBeDefined();
  const fill = (label: string, value: string) =>
    fireEvent.change(within(dialog).getByLabelText(label), { target: { value } });
  fill('处理结果', '3');
  fill('处理意见', '已停止接入');
  fill('处理时限', '2026-11-25');
  fireEvent.click(within(dialog).getByRole('button', { name: /^处\s?理$/ }));
  await screen.findByText('已处理');
  const act = { act: 'report_unfiled', result: 3, handling: '已停止接入', doneOn: '2026-11-25' };
  expect(askedFor('settleAuthorityCase')).toEqual([{ params: { caseId: 'cas_1' }, body: { act } }]);
});

test('lines with trouble come first, and the page begins with the way to each section and how much waits there', async () => {
  const quiet = { ...line, state: 'open', because: null, stoppedAt: null, withOperator: 0, openCases: 0 };
  const lines = [
    { ...quiet, provinceCode: '110000' },
    { ...quiet, provinceCode: '120000', openCases: 3 },
    { ...quiet, provinceCode: '130000', withOperator: 1 },
    { ...quiet, provinceCode: '310000', state: 'closed', closedUntil: at },
    {
      ...quiet,
      provinceCode: '320000',
      downloadsWait: { until: at, because: { code: '902', zh: '系统维护', en: 'x' } },
    },
    line,
  ];
  const listed = { listAuthorityLines: { lines }, listDifferences: { differences: [difference], next: 'more' } };
  openPage(<AuthorityPage />, { role: 'auditor', answers: { ...answersOfPage, ...listed } });
  const table = await screen.findByRole('table', { name: '管局线路' });
  const provinces = [...table.querySelectorAll('tbody strong')].map(({ textContent }) => textContent);
  expect(provinces).toEqual(['广东', '上海', '江苏', '天津', '河北', '北京']);
  // What waits, until when and why: the line is open for filings.
  expect(within(table).getByText(/下载暂停至 2026-11-29 10:00/).textContent).toContain('系统维护 902');
  const bar = within(screen.getByRole('navigation', { name: '本页内容' }));
  await bar.findByRole('link', { name: '与管局的差异（待处理 1+ 项）' });
  const links = bar.getAllByRole('link');
  expect(links.map(({ textContent }) => textContent)).toEqual([
    '待处理事项（4 项）',
    '与管局的差异（待处理 1+ 项）',
    '对账记录',
    '下载的文件',
  ]);
  for (const link of links) {
    expect(document.getElementById(link.getAttribute('href')?.slice(1) ?? '')).not.toBeNull();
  }
  expect(askedFor('listDifferences')).toContainEqual({ query: { state: 'open' } });
});

test('a content is masked until an operator asks for all of it', async () => {
  await open('operator');
  contentOfCase();
  expect(await screen.findByText(/张＊＊＊/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: '查看完整内容' }));
  expect(await screen.findByText(/张三丰/)).toBeDefined();
  const params = { kind: 'case', documentId: 'cas_1' };
  expect(askedFor('revealAuthorityDocument')).toEqual([{ params }]);
});

test('cases are narrowed by their kind and their province, at the server', async () => {
  const lines = [line, { ...line, provinceCode: '110000' }];
  openPage(<AuthorityPage />, { role: 'auditor', answers: { ...answersOfPage, listAuthorityLines: { lines } } });
  const panel = within(await screen.findByRole('region', { name: '待处理事项' }));
  fireEvent.change(panel.getByLabelText('事项的种类'), { target: { value: 'unfiled_site' } });
  fireEvent.change(await panel.findByLabelText('省份'), { target: { value: '110000' } });
  const query = { kind: 'unfiled_site', provinceCode: '110000', limit: 100 };
  await vi.waitFor(() => expect(askedFor('listAuthorityCases')).toContainEqual({ query }));
  fireEvent.change(panel.getByLabelText('事项的种类'), { target: { value: 'all' } });
  await vi.waitFor(() =>
    expect(askedFor('listAuthorityCases').at(-1)).toEqual({ query: { provinceCode: '110000', limit: 100 } }),
  );
});

test('cases of one notice are settled together with one reason; one of a filing is not among them', async () => {
  const notices = [1, 2, 3].map((n) => ({
    ...openCase,
    id: `cas_${n}`,
    kind: 'subject_blacklisted',
    about: `甲${n}＊＊＊`,
    filingId: n === 3 ? 'fil_1' : null,
  }));
  const listed = { listAuthorityCases: { cases: notices, next: null }, settleAuthorityCases: { settled: 2, left: 0 } };
  openPage(<AuthorityPage />, { role: 'operator', answers: { ...answersOfPage, ...listed } });
  const panel = within(await screen.findByRole('region', { name: '待处理事项' }));
  expect(await panel.findByText('甲2＊＊＊')).toBeDefined();
  expect(panel.queryByRole('checkbox', { name: '选择 cas_3' })).toBeNull();
  fireEvent.click(panel.getByRole('checkbox', { name: '选择本页 2 项' }));
  fireEvent.click(panel.getByRole('button', { name: '一并处理（2 项）' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText('主体列入黑名单（2 项）')).toBeDefined();
  fireEvent.change(within(dialog).getByLabelText('原因说明'), { target: { value: '已通知客户' } });
  fireEvent.click(within(dialog).getByRole('button', { name: /^处\s?理$/ }));
  await screen.findByText('已处理 2 项');
  const body = { caseIds: ['cas_1', 'cas_2'], reason: '已通知客户' };
  expect(askedFor('settleAuthorityCases')).toEqual([{ body }]);
});

test('entries of one notice are one row with their count until it is opened, and are chosen together', async () => {
  const site = { ...openCase, kind: 'unfiled_site', downloadId: 'dwn_1' };
  const sites = [1, 2, 3, 4].map((n) => ({ ...site, id: `cas_${n}`, about: `n${n}.cn` }));
  // Of another kind, of another notice.
  const others = [
    { ...site, id: 'cas_5', kind: 'illegal_access' },
    { ...site, id: 'cas_6', downloadId: 'dwn_2' },
  ];
  const listed = { listAuthorityCases: { cases: [...sites, ...others], next: null } };
  openPage(<AuthorityPage />, { role: 'operator', answers: { ...answersOfPage, ...listed } });
  const panel = within(await screen.findByRole('region', { name: '待处理事项' }));
  expect(await panel.findByText('未备案网站（4 项）')).toBeDefined();
  expect(panel.getByText(/n1\.cn · n2\.cn · n3\.cn …/)).toBeDefined();
  expect(panel.queryByText('cas_2')).toBeNull();
  expect(panel.getByText('cas_6')).toBeDefined();
  fireEvent.click(panel.getByRole('checkbox', { name: '选择 dwn_1 unfiled_site' }));
  expect(panel.getByRole('button', { name: '一并处理（4 项）' })).toBeDefined();
  fireEvent.click(panel.getByRole('button', { name: '展开' }));
  expect(panel.getByText('cas_2')).toBeDefined();
  fireEvent.click(panel.getByRole('button', { name: '收起' }));
  expect(panel.queryByText('cas_2')).toBeNull();
});

test('files that were downloaded are listed, and what they say is read masked and, by an operator, whole', async () => {
  await open('operator');
  expect(await screen.findByText('bad_zip')).toBeDefined();
  expect(screen.getByText('已确认')).toBeDefined();
  expect(askedFor('listAuthorityFiles')[0]).toEqual({ params: { provinceCode: '440000' }, query: { limit: 20 } });
  const list = within(listOf('下载的文件'));
  fireEvent.click(list.getAllByRole('button', { name: '内容' })[0] as HTMLElement);
  expect(await screen.findByText(/张＊＊＊/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: '查看完整内容' }));
  expect(await screen.findByText(/张三丰/)).toBeDefined();
  expect(askedFor('revealAuthorityDocument')).toEqual([{ params: { kind: 'file', documentId: 'dwn_2' } }]);
});

test('an auditor reads, masked, and changes nothing', async () => {
  await open('auditor');
  expect(screen.queryByRole('button', { name: '恢复' })).toBeNull();
  expect(screen.queryByRole('button', { name: '处理' })).toBeNull();
  contentOfCase();
  expect(await screen.findByText(/张＊＊＊/)).toBeDefined();
  expect(screen.queryByRole('button', { name: '查看完整内容' })).toBeNull();
});

test('both books are compared by a line’s button; a difference is seen side by side and sent again with a password', async () => {
  await open('operator');
  fireEvent.click(screen.getByRole('button', { name: '对账' }));
  await screen.findByText('已开始对账');
  expect(askedFor('startReconciliation')).toEqual([{ params: { provinceCode: '440000' } }]);
  expect(screen.getByText('比对 9 条，查询 3 次，未比对 1 条，差异 2 处')).toBeDefined();
  expect(
    screen.getByText(/尚未判断：正在管局办理 1 条；主体、证件和接入尚未由管局下发、仅比对域名和备案号 4 条/),
  ).toBeDefined();
  expect(screen.getByText(/不在上报时间/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: '处理差异' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText(/需要备案密码/)).toBeDefined();
  fireEvent.click(within(dialog).getByRole('radio', { name: '重新报送' }));
  fireEvent.change(await within(dialog).findByLabelText('备案密码'), { target: { value: 'secret-1' } });
  fireEvent.click(within(dialog).getByRole('button', { name: '处理差异' }));
  await screen.findByText('差异已处理');
  const act = { repair: 'send_again', filingPassword: 'secret-1' };
  expect(askedFor('repairDifference')).toEqual([{ params: { differenceId: 'dif_1' }, body: { act } }]);
});

test('nothing is chosen beforehand about a difference: one click ends no record', async () => {
  const ended = { ...difference, kind: 'cancelled_there' };
  const answers = { ...answersOfPage, listDifferences: { differences: [ended], next: null } };
  openPage(<AuthorityPage />, { role: 'operator', answers });
  fireEvent.click(await screen.findByRole('button', { name: '处理差异' }));
  const dialog = await screen.findByRole('dialog');
  const isChosen = () => within(dialog).queryAllByRole('radio', { checked: true }).length > 0;
  expect(isChosen()).toBe(false);
  const send = within(dialog).getByRole('button', { name: '处理差异' });
  fireEvent.click(send);
  await within(dialog).findByText('请选择处理方式');
  expect(askedFor('repairDifference')).toEqual([]);
  fireEvent.click(within(dialog).getByRole('radio', { name: '采信管局' }));
  fireEvent.click(send);
  await screen.findByText('差异已处理');
  const body = { act: { repair: 'take_over' } };
  expect(askedFor('repairDifference')).toEqual([{ params: { differenceId: 'dif_1' }, body }]);
});

test('differences are narrowed by their kind; an auditor sees them and repairs nothing', async () => {
  await open('auditor');
  expect(screen.getAllByText('本系统有本企业的接入，管局没有').length).toBeGreaterThan(0);
  expect(screen.queryByRole('button', { name: '处理差异' })).toBeNull();
  expect(screen.queryByRole('button', { name: '对账' })).toBeNull();
  expect(screen.queryByRole('button', { name: '中止' })).toBeNull();
  expect(askedFor('listDifferences')[0]).toEqual({ query: {} });
});
