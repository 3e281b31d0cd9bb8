// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import { CodesPage } from './codes-page.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const yes = { outcome: 'eligible', reasons: [], validUntil: '2027-03-01', quota: { remaining: 4 } };
const resource = {
  id: 'ins-port-1',
  productName: { zh: '云服务器', en: 'Cloud server' },
  check: { file: yes, issue: yes, goodUntil: '2027-03-01' },
};
const answers: Readonly<Record<string, unknown>> = {
  listCodes: { codes: [], next: null },
  countCodes: { total: 0, states: {} },
  listResources: { resources: [resource], next: null },
  getResource: resource,
  issueCodes: { codes: [{ code: { id: 'code_1' }, clear: 'XYZ-CLEAR-CODE' }] },
};
const button = (within_: ReturnType<typeof within>, name: RegExp) => within_.getByRole('button', { name });

test('codes are issued from their page: first on which resource, then how many', async () => {
  openPage(<CodesPage />, { role: 'customer', answers });
  fireEvent.click((await screen.findAllByRole('button', { name: '生成授权码' }))[0]!);
  const which = within(await screen.findByRole('dialog'));
  expect(button(which, /^下一步$/).hasAttribute('disabled')).toBe(true);
  fireEvent.click(await which.findByRole('radio', { name: /ins-port-1/ }));
  fireEvent.click(button(which, /^下一步$/));
  const dialog = within(await vi.waitFor(() => screen.getByText('云资源：ins-port-1').closest('[role=dialog]')!));
  expect(dialog.getByText('还可生成 4 个')).toBeDefined();
  fireEvent.click(button(dialog, /^生成授权码$/));
  expect(await screen.findByText('XYZ-CLEAR-CODE')).toBeDefined();
  expect(askedFor('getResource')).toContainEqual({ params: { resourceId: resource.id } });
  expect(askedFor('issueCodes')).toEqual([
    { params: { resourceId: resource.id }, body: { count: 1, granteeAccountId: null, note: '' } },
  ]);
});

test('staff look at codes and issue none', async () => {
  for (const role of ['reviewer', 'operator', 'auditor'] as const) {
    openPage(<CodesPage />, { role, answers });
    expect(await screen.findByText('暂无授权码')).toBeDefined();
    expect(screen.queryByRole('button', { name: '生成授权码' })).toBeNull();
    cleanup();
  }
});
