import { readFileSync } from 'node:fs';
import { webhookEventTypes } from '@openbeian/contract';
import { expect, test } from 'vitest';
import { webhooksPage } from './webhooks-page.ts';

test('docs/webhooks.md is as it is written, and has every event', () => {
  const page = webhooksPage();
  expect(readFileSync(new URL('../docs/webhooks.md', import.meta.url), 'utf8')).toBe(page);
  for (const type of webhookEventTypes) expect(page.split(`\`${type}\``)).toHaveLength(2);
});
