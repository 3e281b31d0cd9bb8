import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter, type MemoryRouterProps } from 'react-router';
import { afterEach, beforeEach, vi } from 'vitest';
import { call } from '../api/client.ts';
import type { Session } from '../api/shapes.ts';
import { RequireSession } from '../features/session/require-session.tsx';
import { LanguageProvider } from '../language/language.tsx';
import { MessageProvider } from '../parts/message.tsx';

/** What every test of pages in jsdom begins with and leaves behind. */
export function prepareForPages(): void {
  // The first page of a file waits for everything to be imported.
  configure({ asyncUtilTimeout: 10_000 });
  beforeEach(() => {
    // jsdom has no layout; Ant Design asks for it, and lists for room enough for a table.
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe() {}
        unobserve() {}
        disconnect() {}
      },
    );
    const wide = {
      matches: true,
      addListener() {},
      removeListener() {},
      addEventListener() {},
      removeEventListener() {},
    };
    vi.stubGlobal('matchMedia', () => wide);
  });
  afterEach(() => {
    cleanup();
    localStorage.clear();
    vi.unstubAllGlobals();
  });
}

interface Opened {
  readonly role: Session['role'];
  /** By operation; the others are answered with nothing. */
  readonly answers: Readonly<Record<string, unknown>>;
  readonly language?: 'zh' | 'en';
  /** Its place in the browser's history; the root unless given. */
  readonly at?: NonNullable<MemoryRouterProps['initialEntries']>[number];
}

/** A page as somebody of that role has it. The test's file has mocked `api/client.ts`, whose `call` gives these answers. */
export function openPage(page: ReactNode, { role, answers, language = 'zh', at = '/' }: Opened): void {
  localStorage.setItem('openbeian.language', language);
  vi.mocked(call).mockReset();
  vi.mocked(call).mockImplementation(async (id) =>
    id === 'getSession'
      ? { role, userId: 'usr_self', right: role === 'customer' ? 'owner' : null, secondFactorDue: false, support: null }
      : (answers[id] ?? {}),
  );
  render(
    <LanguageProvider>
      <QueryClientProvider client={new QueryClient()}>
        <MessageProvider>
          <MemoryRouter initialEntries={[at]}>
            <RequireSession>{page}</RequireSession>
          </MemoryRouter>
        </MessageProvider>
      </QueryClientProvider>
    </LanguageProvider>,
  );
}

/** The inputs with which the server was asked for an operation, in their order. */
export const askedFor = (operation: string): unknown[] =>
  vi.mocked(call).mock.calls.flatMap(([id, input]) => (id === operation ? [input] : []));
