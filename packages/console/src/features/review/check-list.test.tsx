// @vitest-environment jsdom

import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { LanguageProvider } from '../../language/language.tsx';
import { CheckList } from './check-list.tsx';

const item = {
  rule: 'domain.days_left',
  topic: 'domain',
  topicText: { zh: '域名', en: 'Domain' },
  because: 'fact_missing' as const,
  missing: [{ zh: '域名剩余有效期', en: 'remaining validity of the domain' }],
  message: { zh: '域名剩余有效期不足 90 天', en: 'The domain is valid for less than 90 days' },
  source: 'TC-PROVINCES',
  asOf: '2022-12-31',
};

test('what only the reviewer can decide is listed by topic, with what is not known', () => {
  const other = {
    ...item,
    rule: 'addresses.to_the_door',
    topic: 'address',
    topicText: { zh: '地址', en: 'Addresses' },
  };
  render(
    <LanguageProvider>
      <CheckList items={[item, { ...other, because: 'human', missing: [] }]} />
    </LanguageProvider>,
  );
  expect(screen.getByRole('region', { name: '域名' }).textContent).toContain('待确认：域名剩余有效期');
  expect(screen.getByRole('region', { name: '地址' }).textContent).toContain('人工核对');
});

test('there is no list where the answer has none', () => {
  const { container } = render(
    <LanguageProvider>
      <CheckList items={null} />
    </LanguageProvider>,
  );
  expect(container.textContent).toBe('');
});
