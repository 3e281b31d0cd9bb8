import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultCatalogue } from '../packages/model/src/fault/index.ts';
import { failureModes, failureModesOfInstallation } from './failure-modes.ts';

describe('the fault catalogue', () => {
  it('is in its two pages as it is now (npm run docs writes them)', () => {
    const pageOf = (name: string) => readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8');
    expect(pageOf('failure-modes.md')).toBe(failureModes());
    expect(pageOf('failure-modes-running.md')).toBe(failureModesOfInstallation());
    const listed = `${failureModes()}${failureModesOfInstallation()}`.match(/^## `/gm);
    expect(listed).toHaveLength(Object.keys(faultCatalogue).length);
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
