// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { JobsPage } from '../features/job/jobs-page.tsx';
import { PeoplePage } from '../features/person/people-page.tsx';
import { askedFor, openPage, prepareForPages } from '../testing/open-page.tsx';

vi.mock('../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

test('what a list is narrowed to comes from the address and goes there; what is not known there narrows nothing', async () => {
  openPage(<PeoplePage />, {
    role: 'operator',
    answers: { listPeople: { people: [], next: null } },
    language: 'en',
    at: '/people?role=auditor&state=gone',
  });
  await waitFor(() => expect(askedFor('listPeople')).toContainEqual({ query: { role: 'auditor' } }));
  fireEvent.change(await screen.findByLabelText('Status'), { target: { value: 'disabled' } });
  await waitFor(() => expect(askedFor('listPeople')).toContainEqual({ query: { role: 'auditor', state: 'disabled' } }));
  fireEvent.change(screen.getByLabelText('Role'), { target: { value: 'all' } });
  await waitFor(() => expect(askedFor('listPeople')).toContainEqual({ query: { state: 'disabled' } }));
});

test('two lists of a page are narrowed each by itself', async () => {
  openPage(<JobsPage />, {
    role: 'operator',
    answers: {
      listJobs: { jobs: [], next: null },
      countJobs: { total: 0, failing: 0 },
      listWorkFailures: { failures: [], next: null },
      countWorkFailures: { total: 0, parked: 0 },
    },
    language: 'en',
    at: '/jobs?jobs=failing&kind=notice',
  });
  await waitFor(() => expect(askedFor('listJobs')).toContainEqual({ query: { failing: 'true' } }));
  expect(askedFor('listWorkFailures')).toContainEqual({ query: { kind: 'notice', parked: 'false' } });
});
