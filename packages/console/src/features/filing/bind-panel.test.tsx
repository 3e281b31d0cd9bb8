// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Filing } from '../../api/shapes.ts';
import { openPage, prepareForPages } from '../../testing/open-page.tsx';
import { BindPanel } from './bind-panel.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

test.each([
  ['first', '备案须关联一台符合条件的云资源'],
  ['change_site', '更换云资源的请选择；不更换的不选。'],
])('of %s the panel says whether a resource is needed', async (kind, text) => {
  const filing = { id: 'fil_1', kind, codeId: null, resourceId: null } as Filing; // what the panel reads of it
  openPage(<BindPanel filing={filing} editable />, { role: 'customer', answers: {} });
  expect((await screen.findByText(new RegExp(text))).textContent).toContain(text);
});
