// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen, within } from '@testing-library/react';
import { App } from 'antd';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { call } from '../../api/client.ts';
import { LanguageProvider } from '../../language/language.tsx';
import { RequireSession } from '../session/session-context.tsx';
import { AuthorityPage } from './authority-page.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));

const at = '2026-11-29T02:00:00.000Z';
const line = {
  provinceCode: '440000',
  state: 'stopped',
  closedUntil: null,
  stoppedAt: at,
  because: { code: '5003', zh: '密钥有误', en: 'A key is wrong' },
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
  filingId: null,
  domainName: null,
};
const answers: Readonly<Record<string, unknown>> = {
  listAuthorityLines: { lines: [line] },
  listAuthorityCases: { cases: [openCase], next: null },
  getAuthorityDocument: { content: { Dwmc: '张＊＊＊' } },
  revealAuthorityDocument: { content: { Dwmc: '张三丰' } },
};
let asked: unknown[][];
// The first page of a file waits for everything to be imported.
configure({ asyncUtilTimeout: 10_000 });

beforeEach(() => {
  // jsdom has no layout; Ant Design asks for it.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.stubGlobal('matchMedia', () => ({ matches: false, addListener() {}, removeListener() {}, addEventListener() {} }));
});
afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});

async function open(role: 'operator' | 'auditor') {
  localStorage.setItem('openbeian.language', 'zh');
  asked = [];
  vi.mocked(call).mockImplementation(async (id, input) => {
    asked.push([id, input]);
    return id === 'getSession' ? { role, secondFactorDue: false } : (answers[id] ?? {});
  });
  render(
    <LanguageProvider>
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter>
          <RequireSession>
            <App>
              <AuthorityPage />
            </App>
          </RequireSession>
        </MemoryRouter>
      </QueryClientProvider>
    </LanguageProvider>,
  );
  await screen.findByText('无法对应订单的结果');
}

const contentOfCase = () => fireEvent.click(screen.getByRole('button', { name: '内容' }));

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
  fireEvent.change(await within(dialog).findByLabelText('订单号'), { target: { value: ' fil_1 ' } });
  fireEvent.click(within(dialog).getByRole('button', { name: /^处\s?理$/ }));
  await screen.findByText('已处理');
  const act = { act: 'is_about', filingId: 'fil_1' };
  expect(asked).toContainEqual(['settleAuthorityCase', { params: { caseId: 'cas_1' }, body: { act } }]);
});

test('a content is masked until an operator asks for all of it', async () => {
  await open('operator');
  contentOfCase();
  expect(await screen.findByText(/张＊＊＊/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: '查看完整内容' }));
  expect(await screen.findByText(/张三丰/)).toBeDefined();
  const params = { kind: 'case', documentId: 'cas_1' };
  expect(asked).toContainEqual(['revealAuthorityDocument', { params }]);
});

test('an auditor reads, masked, and changes nothing', async () => {
  await open('auditor');
  expect(screen.queryByRole('button', { name: '恢复' })).toBeNull();
  expect(screen.queryByRole('button', { name: '处理' })).toBeNull();
  contentOfCase();
  expect(await screen.findByText(/张＊＊＊/)).toBeDefined();
  expect(screen.queryByRole('button', { name: '查看完整内容' })).toBeNull();
});
