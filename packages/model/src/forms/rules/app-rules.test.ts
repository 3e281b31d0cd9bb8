import { loadCodeTables } from '@openbeian/policies/code-tables';
import { expect, test } from 'vitest';
import type { FieldDefinition } from '../engine/definition.ts';
import { appRules } from './app-rules.ts';
import type { CheckContext } from './check-context.ts';

// The rule asks for nothing of the field, and for these of the context.
const field = {} as FieldDefinition;
const context = { tables: loadCodeTables(), at: '2026-11-21' } as CheckContext;
const breachOf = (platform: string, digits: number, sign = '') =>
  appRules['app.fingerprint'](Array.from({ length: digits / 2 }, () => 'a1').join(sign), field, { platform }, context);

test.each([
  ['android', [32]],
  ['ios', [40]],
  // Its store shows a fingerprint, and either digest may be asked for (docs/divergences.md, row 47).
  ['harmonyos', [32, 40, 64]],
])('the fingerprint of an app for %s has %j hexadecimal digits, with or without colons', (platform, lengths) => {
  const accepted = [30, 32, 40, 56, 64].filter((digits) => breachOf(platform, digits) === null);
  expect(accepted).toEqual(lengths);
  for (const digits of lengths) expect(breachOf(platform, digits, ':')).toBeNull();
});
