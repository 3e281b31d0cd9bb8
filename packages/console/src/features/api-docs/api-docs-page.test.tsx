// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { openPage, prepareForPages } from '../../testing/open-page.tsx';
import { ApiDocsPage } from './api-docs-page.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const both = (zh: string) => ({ zh, en: zh });
const json = (schema: object, example?: object) => ({ 'application/json': { schema, example } });
const operation = (operationId: string, scope: string | null, more: object = {}) => ({
  operationId,
  tags: ['filings'],
  responses: {
    200: { description: '', content: json({ $ref: '#/components/schemas/Filing' }) },
    404: { description: '- `object.not_found`: 没有 / None' },
  },
  'x-openbeian': {
    summary: both(`${operationId}的说明`),
    roles: ['customer'],
    right: 'filer',
    scope,
    exampleQuery: null,
  },
  ...more,
});
const body = { type: 'object', required: ['version'], properties: { version: { type: 'integer' } } };
const document = {
  paths: {
    '/api/v1/filings/{filingId}/submit': {
      post: operation('submitFiling', 'filings:submit', {
        parameters: [
          { name: 'filingId', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'Idempotency-Key', in: 'header', required: true },
        ],
        requestBody: { content: json(body, { version: 1 }) },
      }),
    },
    '/api/v1/filings/{filingId}/pass': { post: operation('passFiling', null) },
  },
  components: {
    schemas: {
      Filing: { type: 'object', properties: { filing: { type: 'object', properties: { id: { type: 'string' } } } } },
    },
  },
};

test('what a key may call is listed, unfolded with its example, and tried with the key, not with the session', async () => {
  const fetched = vi.fn(async (address: string, _request?: RequestInit) =>
    Response.json(address.endsWith('openapi.json') ? document : { state: 'awaiting_review' }),
  );
  vi.stubGlobal('fetch', fetched);
  openPage(<ApiDocsPage />, { role: 'customer', answers: { getDeployment: { sampleApiKey: 'obk.key_x.secret' } } });
  fireEvent.click(await screen.findByText('submitFiling的说明', { selector: 'summary span' }));
  expect(screen.queryByText('passFiling的说明')).toBeNull();
  const code = await screen.findByRole('group', { name: 'curl' });
  expect(code.textContent).toContain('/api/v1/filings/$FILING_ID/submit');
  expect(code.textContent).toContain('"version": $VERSION');
  screen.getByText('filing.id');
  screen.getByText('object.not_found', { exact: false });
  fireEvent.click(await screen.findByText('试一试'));
  fireEvent.change(screen.getByLabelText('filingId'), { target: { value: 'fil_1' } });
  fireEvent.click(screen.getByRole('button', { name: /^发\s*送$/ }));
  await screen.findByText('状态 200');
  const [address, request] = fetched.mock.calls.at(-1) ?? [];
  expect([address, request?.credentials]).toEqual(['/api/v1/filings/fil_1/submit', 'omit']);
  expect(new Headers(request?.headers).get('authorization')).toBe('Bearer obk.key_x.secret');
  fireEvent.click(screen.getByText('全部接口'));
  await waitFor(() => screen.getByText('passFiling的说明'));
});

test('an address that names an operation leads to it, though no key may call it', async () => {
  vi.stubGlobal('fetch', async () => Response.json(document));
  const shown: string[] = [];
  Element.prototype.scrollIntoView = function seen(this: Element) {
    shown.push(this.id);
  };
  openPage(<ApiDocsPage />, {
    role: 'auditor',
    answers: { getDeployment: { sampleApiKey: null } },
    at: '/api-docs#passFiling',
  });
  await screen.findByRole('group', { name: 'curl' });
  expect(shown).toEqual(['passFiling']);
});
