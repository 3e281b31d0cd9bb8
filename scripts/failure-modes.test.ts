import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultCatalogue } from '../packages/model/src/fault/index.ts';
import { failureModes } from './failure-modes.ts';

describe('the fault catalogue', () => {
  it('is in docs/failure-modes.md as it is now (npm run docs writes it)', () => {
    expect(readFileSync(new URL('../docs/failure-modes.md', import.meta.url), 'utf8')).toBe(failureModes());
  });

  it.each(Object.entries(faultCatalogue))(
    '%s speaks both languages and says what to do',
    (_code, { zh, en, internal }) => {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(zh.length).toBeGreaterThan(8);
      expect(en).toMatch(/^[A-Z].*\.$/);
      expect(internal).toMatch(/\.$/);
    },
  );
});
