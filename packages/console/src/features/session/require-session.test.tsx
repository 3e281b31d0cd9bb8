// @vitest-environment jsdom
import { useQueryClient } from '@tanstack/react-query';
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { call } from '../../api/client.ts';
import { openPage, prepareForPages } from '../../testing/open-page.tsx';
import { useSession } from './session-context.tsx';
import { sessionKey } from './session-query.ts';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

function Page() {
  const cache = useQueryClient();
  const { userId, role } = useSession();
  return (
    <button type="button" onClick={() => void cache.refetchQueries({ queryKey: sessionKey })}>
      {userId} {role}
    </button>
  );
}

const answerSession = (userId: string, role: string) =>
  vi.mocked(call).mockResolvedValue({ userId, role, secondFactorDue: false, support: null });

test('a page stays while its person is signed in, and is loaded afresh without it for somebody else', async () => {
  const replace = vi.fn();
  vi.stubGlobal('location', { ...window.location, replace });
  openPage(<Page />, { role: 'customer', answers: {} });
  answerSession('usr_self', 'auditor');
  fireEvent.click(await screen.findByText('usr_self customer'));
  answerSession('usr_other', 'customer');
  fireEvent.click(await screen.findByText('usr_self auditor'));
  await vi.waitFor(() => expect(replace).toHaveBeenCalledWith('/'));
  expect(screen.queryByRole('button')).toBeNull();
});
