// @vitest-environment jsdom
import { UnreachableError } from '@openbeian/contract/calling';
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { call } from '../../api/client.ts';
import type { Code } from '../../api/shapes.ts';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import { GrantDialog } from './grant-dialog.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const port = { id: 'acct_port', displayName: '示例港口有限公司' };
const code = { id: 'code_1', granteeAccountId: null } as Partial<Code> as Code; // what the dialog reads of it

/** The dialog, where looking for accounts finds these. */
async function open(accounts: readonly object[], onClose = vi.fn()) {
  openPage(<GrantDialog code={code} onClose={onClose} />, {
    role: 'customer',
    answers: { findAccounts: { accounts } },
  });
  const dialog = within(await screen.findByRole('dialog'));
  const field = dialog.getByRole<HTMLInputElement>('textbox');
  return {
    dialog,
    field,
    onClose,
    type: (text: string) => fireEvent.change(field, { target: { value: text } }),
    leave: () => fireEvent.blur(field),
    send: () => fireEvent.click(dialog.getByRole('button', { name: /^授\s*权$/ })),
  };
}
const granted = (granteeAccountId: string) => [{ params: { codeId: code.id }, body: { granteeAccountId } }];

test('a name becomes the account that has it, is shown for confirmation, and is sent only the second time', async () => {
  const { dialog, field, type, send, onClose } = await open([port]);
  type(port.displayName);
  send();
  expect(await dialog.findByText('请核对下方的授权账号，无误后再次提交。')).toBeDefined();
  expect(dialog.getByText('授权给：示例港口有限公司（acct_port）')).toBeDefined();
  expect(field.value).toBe(port.id);
  expect(askedFor('findAccounts')).toContainEqual({ query: { name: port.displayName } });
  expect(askedFor('grantCode')).toEqual([]);
  send();
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(askedFor('grantCode')).toEqual(granted(port.id));
});

test('an id that is typed whole is shown with its name on leaving the field, and sent at once', async () => {
  const { dialog, type, leave, send } = await open([port]);
  type(` ${port.id} `);
  leave();
  expect(await dialog.findByText('授权给：示例港口有限公司（acct_port）')).toBeDefined();
  send();
  await vi.waitFor(() => expect(askedFor('grantCode')).toEqual(granted(port.id)));
});

test.each([
  ['none', [], '没有找到该账号，请核对编号或完整名称。'],
  ['several', [port, { ...port, id: 'acct_port2' }], '有多个账号使用此名称，请填写账号编号。'],
])('a name that %s have is not sent', async (_which, accounts, said) => {
  const { dialog, field, type, send } = await open(accounts);
  type(port.displayName);
  send();
  expect(await dialog.findByText(said)).toBeDefined();
  expect(field.value).toBe(port.displayName);
  expect(dialog.queryByText(/^授权给：/)).toBeNull();
  expect(askedFor('grantCode')).toEqual([]);
});

test('what was found is not said of what is typed afterwards', async () => {
  const { dialog, type, leave } = await open([port]);
  type(port.id);
  leave();
  expect(await dialog.findByText('授权给：示例港口有限公司（acct_port）')).toBeDefined();
  type('acct_other');
  await vi.waitFor(() => expect(dialog.queryByText(/^授权给：/)).toBeNull());
});

test('an empty field asks for an account, and the way to leave it empty is not offered where one is needed', async () => {
  const { dialog, send } = await open([]);
  expect(dialog.getByText('填写对方的账号编号或完整名称。')).toBeDefined();
  send();
  expect(await dialog.findByText('请填写账号编号')).toBeDefined();
  expect(askedFor('findAccounts')).toEqual([]);
});

test('a search without answer is told in words, and nothing is sent', async () => {
  const { dialog, type, send } = await open([]);
  const error = new UnreachableError('无法连接服务器。', 'The server cannot be reached.');
  vi.mocked(call).mockImplementation(() => Promise.reject(error));
  type(port.displayName);
  send();
  expect(await dialog.findByText(error.zh)).toBeDefined();
  expect(askedFor('grantCode')).toEqual([]);
});
