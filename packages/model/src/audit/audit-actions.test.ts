import { expect, test } from 'vitest';
import { auditActions, auditActionText } from './audit-actions.ts';

test('no two facts have the same name, and each has one in both languages', () => {
  for (const language of ['zh', 'en'] as const) {
    const names = Object.values(auditActions).map((text) => text[language]);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(/\p{Script=Han}/u.test(name), name).toBe(language === 'zh');
  }
});

test('a fact that nobody knows is shown as it is', () => {
  for (const fact of ['LaterFact', 'toString', '']) expect(auditActionText(fact)).toEqual({ zh: fact, en: fact });
});
