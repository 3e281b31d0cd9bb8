import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseConfig } from './config.ts';
import { settingsOf } from './config-schema.ts';
import { configuredSettings } from './configured-settings.ts';

test('whatever may hold a secret is marked as one', () => {
  const config = parseConfig({
    provider: 'tencent',
    name: { zh: '测', en: 'T' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 's' },
  });
  const settings = configuredSettings(config, { sealing: 'k2', hashing: 'k1' });
  expect(settings.filter(({ secret }) => secret).map(({ path }) => path)).toEqual([
    'database.url',
    'database.listenUrl',
    'database.replicaUrl',
    'http.metricsToken',
    'signIn.oidc',
    'signIn.customerOidc',
    'signIn.portalTokens',
    'authority.secret',
    'authority.password',
    'authority.aesKey',
    'authority.aesIv',
    'gate.tokens',
    'mail.password',
    'nameProof.registrarSecret',
    'materials.s3SecretAccessKey',
    'verification.secret',
  ]);
  // Also where it is a part of a setting: `oidc` has a `clientSecret`.
  const secretOf = new Map(settings.map(({ path, secret }) => [path, secret]));
  for (const { path, shape } of settingsOf()) {
    const parts = JSON.stringify(z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }));
    const name = path.join('.');
    if (/"\w*(secret|password|token)\w*":/i.test(parts)) expect(secretOf.get(name), name).toBe(true);
  }
  const suspicious = settings.filter(({ path, secret }) => !secret && /secret|password|token(?!File)|url$/i.test(path));
  // Addresses where nobody puts a password, names of files, and how long a token lasts.
  expect(suspicious.map(({ path }) => path)).toEqual([
    'http.publicUrl',
    'authority.url',
    'authority.smsPageUrl',
    'authority.pagesUrl',
    'nameProof.tokenDays',
    'nameProof.registrarUrl',
    'verification.url',
  ]);
  expect(settings.find(({ path }) => path === 'http.port')).toEqual({
    path: 'http.port',
    value: '8600',
    secret: false,
  });
  // Another key in use is another configuration.
  expect(settings.slice(-2)).toEqual([
    { path: 'keyRing.sealing', value: '"k2"', secret: false },
    { path: 'keyRing.hashing', value: '"k1"', secret: false },
  ]);
});
