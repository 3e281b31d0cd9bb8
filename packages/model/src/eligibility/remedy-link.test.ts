import { expect, test } from 'vitest';
import { isLinkTemplate, linkOf } from './remedy-link.ts';

test('a link names the resource in its path or query, encoded', () => {
  const values = { resourceId: 'ins-1/../x?y=1', product: 'server', accountId: 'acc 1' };
  const template = 'https://console.example.cn/{product}/renew?id={resourceId}&by={accountId}';
  expect(isLinkTemplate(template)).toBe(true);
  expect(linkOf(template, values)).toBe('https://console.example.cn/server/renew?id=ins-1%2F..%2Fx%3Fy%3D1&by=acc%201');
});

test.each([
  ['http://console.example.cn/{resourceId}', 'not https'],
  ['javascript:alert(1)', 'not https'],
  ['/renew/{resourceId}', 'no address'],
  ['https://{resourceId}.example.cn/', 'the host would be the resource’s to say'],
  ['https://user@console.example.cn/', 'a name before the host'],
  ['https://console.example.cn/{instance}', 'an unknown placeholder'],
  ['https://console.example.cn/{resourceId', 'an open brace'],
  ['https://console.example.cn/a b', 'a space'],
])('%s is refused: %s', (template) => {
  expect(isLinkTemplate(template)).toBe(false);
});
