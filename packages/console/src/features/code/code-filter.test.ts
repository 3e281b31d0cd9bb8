import { expect, test } from 'vitest';
import { codeFilterOf, codeQueryOf } from './code-filter.ts';

test('reads what narrows the list from the address, and nothing that means nothing', () => {
  const query = (text: string) => codeQueryOf('issued', codeFilterOf(new URLSearchParams(text)));
  expect(query('tab=issued')).toEqual({ side: 'issued' });
  expect(query('state=suspended&resource=xy-web-1&search=%20office%20')).toEqual({
    side: 'issued',
    state: 'suspended',
    resourceId: 'xy-web-1',
    search: 'office',
  });
  for (const none of ['state=', 'state=lost', 'state=toString', 'search=%20', 'resource='])
    expect(query(none), none).toEqual({ side: 'issued' });
});
