// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { FilingForm, Finding } from '../../api/shapes.ts';
import { openPage, prepareForPages } from '../../testing/open-page.tsx';
import { EmptyFields } from './empty-fields.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

test('what is not filled in is a list for each section', async () => {
  const field = (path: string) => ({ path, label: { zh: path, en: path } });
  const parts = {
    sections: [
      {
        id: 'subject',
        title: { zh: '主体信息', en: 'Organiser' },
        fields: [field('subject.name'), field('subject.nature')],
      },
      { id: 'service', title: { zh: '网站信息', en: 'Site' }, fields: [field('service.ranges')] },
    ],
  };
  const fields = ['subject.name', 'service.ranges.0.first', 'subject.nature', 'materials.pledge.whole'];
  const form = parts as object as FilingForm; // what the list reads of it
  const findings = fields.map((one) => ({ field: one, rule: 'required' })) as Partial<Finding>[] as Finding[]; // as above
  openPage(<EmptyFields form={form} findings={findings} linkTo={({ field: at }) => <a href="/">{at}</a>} />, {
    role: 'customer',
    answers: {},
    language: 'en',
  });
  const region = await screen.findByRole('region', { name: 'Not filled in' });
  expect(within(region).getByRole('heading').textContent).toBe('Not filled in');
  const groups = within(region)
    .getAllByRole('list')
    .map((list) => [
      list.closest('div')?.querySelector('dt')?.textContent,
      within(list)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ]);
  expect(groups).toEqual([
    ['Organiser', ['subject.name', 'subject.nature']],
    ['Site', ['service.ranges.0.first']],
    ['Materials', ['materials.pledge.whole']],
  ]);
});
