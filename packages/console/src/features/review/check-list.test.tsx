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
  lookUp: 'registration' as const,
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
      <CheckList items={[item, { ...other, because: 'human', missing: [], lookUp: null }]} />
    </LanguageProvider>,
  );
  expect(screen.getByRole('region', { name: '域名' }).textContent).toContain('待确认：域名剩余有效期');
  expect(screen.getByRole('region', { name: '地址' }).textContent).toContain('人工核对');
});

test('what somebody outside could say tells what came of asking', () => {
  const lookUp = {
    name: 'registration' as const,
    isAsked: false,
    state: 'not_asked' as const,
    askedAt: null,
    source: null,
    said: { zh: '本系统未开通此项查询，请自行核实', en: 'This deployment asks nobody: look yourself' },
    goodUntil: null,
    isUsed: false,
    nextAt: null,
  };
  const shown = (
    given: typeof lookUp | (Omit<typeof lookUp, 'state' | 'askedAt'> & { state: 'failed'; askedAt: string }),
  ) =>
    render(
      <LanguageProvider>
        <CheckList items={[item]} lookUps={[given]} />
      </LanguageProvider>,
    ).container.textContent;
  expect(shown(lookUp)).toContain('请自行核实');
  const failed = { ...lookUp, state: 'failed' as const, askedAt: '2026-11-21T02:00:00Z' };
  expect(shown(failed)).toMatch(/2026.*10:00/);
});

test('there is no list where the answer has none', () => {
  const { container } = render(
    <LanguageProvider>
      <CheckList items={null} />
    </LanguageProvider>,
  );
  expect(container.textContent).toBe('');
});
