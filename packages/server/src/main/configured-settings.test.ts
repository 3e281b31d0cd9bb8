import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { configuredSettings } from './configured-settings.ts';

test('whatever may hold a secret is marked as one', () => {
  const config = parseConfig({
    provider: 'tencent',
    name: { zh: '测', en: 'T' },
    authority: { url: 'http://127.0.0.1:9', secret: 's' },
  });
  const settings = configuredSettings(config);
  expect(settings.filter(({ secret }) => secret).map(({ path }) => path)).toEqual([
    'database.url',
    'authority.secret',
    'gate.tokens',
    'mail.password',
  ]);
  const suspicious = settings.filter(({ path, secret }) => !secret && /secret|password|token(?!File)|url$/i.test(path));
  // Addresses where nobody puts a password, and names of files.
  expect(suspicious.map(({ path }) => path)).toEqual([
    'http.publicUrl',
    'authority.url',
    'authority.smsPageUrl',
    'authority.pagesUrl',
  ]);
  expect(settings.find(({ path }) => path === 'http.port')).toEqual({
    path: 'http.port',
    value: '8600',
    secret: false,
  });
});
