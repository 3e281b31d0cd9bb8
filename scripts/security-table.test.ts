import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The table of controls in docs/security.md; that its paths exist is checked by lint. */
const page = readFileSync(new URL('../docs/security.md', import.meta.url), 'utf8');
const tables = page.slice(page.indexOf('## 对照 · Controls')).split('\n### ').slice(1);
const states = ['met', 'partly', 'deployment', 'not applicable', 'open'];

test('every control has a state of the list and a test or reason, and the totals are those of the tables', () => {
  expect(tables).toHaveLength(2);
  for (const table of tables) {
    const rows = [...table.matchAll(/^\| (?!控制项)(.+) \|$/gm)].map(([, row = '']) => row.split(' | '));
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      const [, , state = '', reason = ''] = row;
      expect([row.length, states.includes(state), reason !== ''], row.join(' | ')).toEqual([4, true, true]);
    }
    const counted = states.flatMap((state) => {
      const count = rows.filter((row) => row[2] === state).length;
      return count === 0 ? [] : [`${count} ${state}`];
    });
    expect(page).toContain(`: ${counted.join(', ')}.`);
  }
});
