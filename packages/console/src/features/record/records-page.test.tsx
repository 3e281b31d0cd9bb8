// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { expect, test, vi } from 'vitest';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import { MovesPage } from './moves-page.tsx';
import { RecordsPage } from './records-page.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const record = {
  subjectNumber: '粤ICP备2026000123号',
  serviceNumber: '粤ICP备2026000123号-1',
  serviceKind: 'website',
  serviceName: '示例网站',
  domainName: 'on-record.cn',
  state: 'filed',
  accesses: ['xingyun'],
  here: true,
  shellSubject: false,
  recordedAt: '2026-11-29T02:00:00.000Z',
  cancelledAt: null,
};
const demand = {
  id: 'dem_1',
  accountId: 'acct',
  serviceNumber: record.serviceNumber,
  serviceName: record.serviceName,
  domainName: record.domainName,
  demandedBy: 'authority',
  findings: [
    {
      field: 'service.name',
      rule: 'demand',
      message: { zh: '核查要求：名称不符', en: 'Correction demanded: another name' },
      remedy: null,
      source: null,
      from: 'authority',
      severity: 'error',
    },
  ],
  dueOn: '2026-12-05',
  madeAt: '2026-11-29T02:00:00.000Z',
};
const move = {
  id: 'mov_1',
  subjectNumber: record.subjectNumber,
  fromAccountId: null,
  toAccountId: 'acct',
  begunBy: 'holder',
  begunAt: '2026-11-29T02:00:00.000Z',
  until: '2026-12-06T02:00:00.000Z',
  state: 'waiting',
  actions: ['confirm', 'refuse'],
};
const natures = [
  {
    value: 'enterprise',
    label: { zh: '企业', en: 'Enterprise' },
    subjectKind: 'enterprise',
    certificates: [{ value: 'business_licence', label: { zh: '营业执照', en: 'Business licence' } }],
  },
];
const answers: Readonly<Record<string, unknown>> = {
  listRecords: { records: [record], next: null },
  countRecords: { total: 1 },
  listDemands: { demands: [demand], next: null },
  listMoves: { moves: [move], next: null },
  listNatures: { natures },
  startRecordFiling: { filing: { id: 'fil_new' } },
};

/** The page as somebody of that role has it. */
async function open(role: 'customer' | 'reviewer' | 'auditor', page: 'records' | 'moves', more: object = {}) {
  openPage(page === 'records' ? <RecordsPage /> : <MovesPage />, { role, answers: { ...answers, ...more } });
  await screen.findAllByText(record.subjectNumber);
}
const told = (id: string, body: object) => vi.waitFor(() => expect(askedFor(id)).toContainEqual(body));

test.each([
  ['取消接入', { number: record.serviceNumber, wants: 'end_access' }],
  ['注销这个网站或 APP', { number: record.serviceNumber, wants: 'cancel' }],
  ['变更主体', { number: record.subjectNumber, wants: 'change' }],
  ['注销主体', { number: record.subjectNumber, wants: 'cancel' }],
])('a customer begins at the record: %s', async (wish, body) => {
  await open('customer', 'records');
  fireEvent.click(screen.getByText(/^办\s*理$/));
  const dialog = within(await screen.findByRole('dialog'));
  fireEvent.click(dialog.getByText(wish));
  fireEvent.click(dialog.getByText('开始办理'));
  await told('startRecordFiling', { body });
});

test('an organiser without services is changed, cancelled and moved; nothing is copied for its sites', async () => {
  await open('customer', 'records', {
    listRecords: {
      records: [{ ...record, state: 'cancelled', accesses: [], here: false, shellSubject: true }],
      next: null,
    },
  });
  expect(screen.queryByText('复制网站底部代码')).toBeNull();
  fireEvent.click(screen.getByText(/^办\s*理$/));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.queryByText('变更这个网站或 APP')).toBeNull();
  fireEvent.click(dialog.getByText('注销主体'));
  fireEvent.click(dialog.getByText('开始办理'));
  await told('startRecordFiling', { body: { number: record.subjectNumber, wants: 'cancel' } });
});

test('a footer is copied for what is served here, not for what left', async () => {
  await open('customer', 'records');
  expect(screen.getByText('复制网站底部代码')).toBeDefined();
  cleanup();
  const left = { ...record, accesses: ['xinghe'], here: false };
  await open('customer', 'records', { listRecords: { records: [left], next: null } });
  expect(screen.queryByText('复制网站底部代码')).toBeNull();
  expect(screen.getByText(/^办\s*理$/)).toBeDefined();
});

test('the list speaks of apps as well as of sites', async () => {
  const app = { ...record, serviceKind: 'app', serviceNumber: '粤ICP备2026000123号-1A' };
  await open('customer', 'records', { listRecords: { records: [app], next: null } });
  expect(screen.getByRole('columnheader', { name: '网站或 APP 备案号' })).toBeDefined();
  expect(screen.getByRole('columnheader', { name: '网站或 APP' })).toBeDefined();
  expect(screen.getByText('经由本接入商备案、已取得备案号的网站和 APP。')).toBeDefined();
});

test('a demand is shown with its date, and leads to the correction', async () => {
  await open('customer', 'records');
  expect(await screen.findByText(/请在 2026-12-05 前完成/)).toBeDefined();
  fireEvent.click(screen.getByText('去整改'));
  await told('startRecordFiling', { body: { number: record.serviceNumber, wants: 'change' } });
});

test('a reviewer demands and withdraws; an auditor only reads', async () => {
  await open('reviewer', 'records');
  fireEvent.click(await screen.findByText('撤销要求'));
  await told('withdrawDemand', { params: { demandId: 'dem_1' }, body: {} });
  expect(screen.getByText('提出核查要求')).toBeDefined();
  expect(screen.queryByText(/^办\s*理$/)).toBeNull();
  cleanup();
  await open('auditor', 'records');
  expect(await screen.findByText(/请在 2026-12-05 前完成/)).toBeDefined();
  expect(screen.queryByText('撤销要求')).toBeNull();
  expect(screen.queryByText('提出核查要求')).toBeNull();
});

test('a demand names several fields at once, each with what is wrong', async () => {
  await open('reviewer', 'records');
  fireEvent.click(screen.getByText('提出核查要求'));
  const dialog = within(await screen.findByRole('dialog'));
  fireEvent.click(dialog.getByText('增加栏目'));
  const wanted = ['subject.name', 'service.name'];
  for (const [index, field] of wanted.entries()) {
    const select = await vi.waitFor(() => dialog.getAllByLabelText('需更正的栏目')[index] ?? expect.fail('no row'));
    fireEvent.mouseDown(select);
    const text = field === 'subject.name' ? '主体名称' : '网站或 APP 名称';
    const choices = await screen.findAllByText(text, { selector: '.ant-select-item-option-content' });
    fireEvent.click(choices.at(-1) ?? expect.fail('no choice'));
    fireEvent.change(dialog.getAllByLabelText('要求')[index] ?? select, { target: { value: `不符 ${field}` } });
  }
  fireEvent.click(dialog.getByText('提出核查要求'));
  const items = wanted.map((field) => ({ field, comment: `不符 ${field}` }));
  await told('demandCorrection', {
    body: { serviceNumber: record.serviceNumber, demandedBy: 'provider', items },
  });
});

test('a move from a record begins with that record chosen; closed, the page is left without it', async () => {
  const both = (
    <Routes>
      <Route path="/" element={<RecordsPage />} />
      <Route path="/moves" element={<MovesPage />} />
    </Routes>
  );
  openPage(both, { role: 'customer', answers });
  fireEvent.click(await screen.findByText(/^更\s*多$/));
  fireEvent.click(await screen.findByText('迁移到其他账号'));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByLabelText('主体备案号')).toHaveProperty('value', record.subjectNumber);
  fireEvent.click(dialog.getByText('Cancel'));
  fireEvent.click(await screen.findByText('发起迁移', { selector: 'button span' }));
  await vi.waitFor(() => expect(screen.getByLabelText('主体备案号')).toHaveProperty('value', ''));
});

test('a move is refused or confirmed by the other side, whose account is not shown', async () => {
  await open('customer', 'moves');
  expect(screen.getByText('对方账号')).toBeDefined();
  fireEvent.click(screen.getByText(/^拒\s*绝$/));
  await told('endMove', { params: { moveId: 'mov_1' }, body: {} });
  fireEvent.click(screen.getByText(/^确\s*认$/));
  expect(await screen.findByText(/确认后备案归目标账号管理/)).toBeDefined();
});

test.each([
  ['customer', record, true],
  ['reviewer', record, false],
  ['customer', { ...record, accesses: ['xinghe'], here: false }, false],
  ['customer', { ...record, state: 'cancelled', shellSubject: true }, false],
] as const)('the public-security filing is where the deployment says: %s %#', async (role, row, isShown) => {
  const policeFiling = {
    url: 'https://police.example.cn/filing?from=icp',
    text: { zh: '公安联网备案', en: 'Police filing' },
  };
  const getDeployment = { policeFiling, provider: row.accesses[0], name: { zh: '星云云计算', en: 'Xingyun' } };
  await open(role, 'records', { listRecords: { records: [row], next: null }, getDeployment });
  // The provider by its name is of the same answer: where it is there, the link is not still to come.
  await screen.findByText('星云云计算');
  if (isShown) expect((await screen.findByText('公安联网备案')).getAttribute('href')).toBe(policeFiling.url);
  else expect(screen.queryByText('公安联网备案')).toBeNull();
});

test('a deployment that names no place of the public-security filing has no link to one', async () => {
  await open('customer', 'records', { getDeployment: { policeFiling: null } });
  await vi.waitFor(() => expect(askedFor('getDeployment')).not.toEqual([]));
  expect(screen.queryByRole('link', { name: /公安/ })).toBeNull();
});

test('the list is narrowed by each choice, on top of those before, and whole again at once', async () => {
  await open('customer', 'records');
  const narrow = (label: string, value: string) =>
    fireEvent.change(screen.getByLabelText(label), { target: { value } });
  const lastQuery = () => askedFor('listRecords').at(-1);
  narrow('备案省份', '440000');
  await vi.waitFor(() => expect(lastQuery()).toEqual({ query: { provinceCode: '440000' } }));
  narrow('状态', 'cancelled');
  await vi.waitFor(() => expect(lastQuery()).toEqual({ query: { provinceCode: '440000', state: 'cancelled' } }));
  narrow('备案省份', '');
  await vi.waitFor(() => expect(lastQuery()).toEqual({ query: { state: 'cancelled' } }));
  fireEvent.click(screen.getByText('清除筛选条件'));
  await vi.waitFor(() => expect(screen.getByLabelText('状态')).toHaveProperty('value', ''));
});
