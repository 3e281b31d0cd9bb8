// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test, vi } from 'vitest';
import { LanguageProvider } from '../language/language.tsx';
import { openPage, prepareForPages } from '../testing/open-page.tsx';
import { LaterFoot, Logo, useBrowserTitle, useProductName } from './product.tsx';

vi.mock('../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();
afterEach(() => {
  document.head.replaceChildren();
});

function Shown() {
  useBrowserTitle('页面');
  return (
    <p>
      <Logo size={30} />
      {useProductName()}
    </p>
  );
}

function show(language: 'zh' | 'en'): string {
  cleanup();
  localStorage.setItem('openbeian.language', language);
  render(
    <LanguageProvider>
      <MemoryRouter>
        <Shown />
      </MemoryRouter>
    </LanguageProvider>,
  );
  return `${document.title} ${document.querySelector('img')?.getAttribute('src')}`;
}

test('the name and the logo are those that the server wrote into the page, in the language that is shown', () => {
  expect(show('zh')).toBe('页面 · OpenBeian /logo.svg');
  document.head.innerHTML =
    '<meta name="application-name" content="星云备案" data-en="Xingyun Filing" data-logo="/look/1.svg">';
  expect(show('zh')).toBe('页面 · 星云备案 /look/1.svg');
  expect(show('en')).toBe('页面 · Xingyun Filing /look/1.svg');
});

test('in the dark theme the logo is the one that was drawn for it, and otherwise the only one', () => {
  const root = document.documentElement;
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  root.dataset.theme = 'dark';
  document.head.innerHTML = '<meta name="application-name" content="星云备案" data-en="X" data-logo="/look/1.svg">';
  expect(show('zh')).toMatch(/1\.svg$/);
  document.querySelector('meta')?.setAttribute('data-dark-logo', '/look/2.svg');
  expect(show('zh')).toMatch(/2\.svg$/);
  root.dataset.theme = 'light';
  expect(show('zh')).toMatch(/1\.svg$/);
  delete root.dataset.theme;
});

const look = {
  title: { zh: '星云备案', en: 'Xingyun Filing' },
  logo: null,
  links: [{ text: { zh: '官网', en: 'Website' }, url: 'https://www.example.cn' }],
  terms: { url: 'https://www.example.cn/terms', text: null },
  privacy: { url: null, text: { zh: '一', en: 'One' } },
  support: { text: { zh: '客服', en: 'Support' }, url: 'tel:4000000000' },
};

test('the foot of a page leads to the provider’s pages, legal texts and support, and is not there without any', async () => {
  openPage(<LaterFoot look={look} />, { role: 'customer', answers: {}, language: 'en' });
  const links = await screen.findAllByRole('link');
  expect(links.map((link) => [link.textContent, link.getAttribute('href'), link.getAttribute('target')])).toEqual([
    ['Website', 'https://www.example.cn', '_blank'],
    ['Terms of service', 'https://www.example.cn/terms', '_blank'],
    ['Privacy policy', '/privacy', null],
    ['Support', 'tel:4000000000', null],
  ]);
  cleanup();
  const none = { ...look, links: [], terms: null, privacy: null, support: null };
  openPage(<LaterFoot look={none} />, { role: 'customer', answers: {} });
  expect(screen.queryByRole('contentinfo')).toBeNull();
});
