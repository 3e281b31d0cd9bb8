// @vitest-environment jsdom

import { ProblemError } from '@openbeian/contract/calling';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { call } from '../../api/client.ts';
import type { FilingForm, Session } from '../../api/shapes.ts';
import { SessionContext } from '../session/session-context.tsx';
import { useFormDraft } from './use-form-draft.ts';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));

const form: FilingForm = {
  sections: [],
  values: { 'service.name': '星河小记' },
  findings: [],
  checkList: null,
  reached: null,
  refused: null,
  version: 1,
};
// Only that it is another one matters here.
const session = {
  userId: 'usr_self',
  login: 'individual',
  displayName: '周若溪',
  role: 'customer',
  accountId: 'acct-individual',
  right: 'owner',
  secondFactorDue: false,
  support: null,
} as Session;
/** Only its code is looked at. */
const refusal = (code: 'auth.required' | 'request.invalid') =>
  new ProblemError({ type: '', title: '', status: 401, code, zh: '', en: '' } as never);

function openDraft() {
  let current = session;
  const cache = new QueryClient();
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={cache}>
      <SessionContext value={current}>{children}</SessionContext>
    </QueryClientProvider>
  );
  const hook = renderHook(() => useFormDraft({ filingId: 'fil_1', form, correcting: false }), { wrapper });
  return {
    hook,
    signInAgain: () => {
      current = { ...session };
      hook.rerender();
    },
  };
}

test('what could not be saved since the session had ended is saved once the person has signed in again', async () => {
  vi.mocked(call).mockRejectedValueOnce(refusal('auth.required')).mockResolvedValue({ form });
  const { hook, signInAgain } = openDraft();
  act(() => hook.result.current.type('service.name', '星河手记'));
  act(() => hook.result.current.saveNow());
  await waitFor(() => expect(hook.result.current.state).toBe('failed'));
  signInAgain();
  await waitFor(() => expect(hook.result.current.state).toBe('saved'));
  expect(vi.mocked(call).mock.lastCall?.[1]).toMatchObject({ body: { values: { 'service.name': '星河手记' } } });
});

test('what was refused for another reason waits for the person', async () => {
  vi.mocked(call).mockReset();
  vi.mocked(call).mockRejectedValue(refusal('request.invalid'));
  const { hook, signInAgain } = openDraft();
  act(() => hook.result.current.type('service.name', '星河手记'));
  act(() => hook.result.current.saveNow());
  await waitFor(() => expect(hook.result.current.state).toBe('failed'));
  signInAgain();
  expect(hook.result.current.state).toBe('failed');
  expect(vi.mocked(call)).toHaveBeenCalledTimes(1);
});
