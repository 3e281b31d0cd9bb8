import { readFileSync } from 'node:fs';
import { inventorySchema } from '@openbeian/model/eligibility';
import { guessColumns, readCsv, readTable, tableColumns } from '@openbeian/model/inventory-table';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { csvTemplate, yamlTemplate } from '../packages/console/src/features/inventory/templates.ts';
import { inventoryPage } from './inventory-page.ts';

test('the page of the inventory is up to date (npm run docs) and explains every column', () => {
  const page = inventoryPage();
  expect(readFileSync(new URL('../docs/inventory.md', import.meta.url), 'utf8')).toBe(page);
  for (const { about } of tableColumns) for (const text of [about.zh, about.en]) expect(page).toContain(text);
});

test.each(['zh', 'en'] as const)(
  'the templates in %s are inventories, and every column of the table is recognised',
  (language) => {
    expect(inventorySchema.parse(parse(yamlTemplate(language))).resources).toHaveLength(1);
    const [header, ...rows] = [...readCsv(csvTemplate(language))];
    const mapping = guessColumns(header?.cells ?? []);
    expect(Object.keys(mapping).sort()).toEqual(tableColumns.map(({ key }) => key).sort());
    const { accounts, resources } = readTable(rows, mapping);
    expect(inventorySchema.parse({ accounts, resources }).resources[0]).toMatchObject({
      id: 'ins-example-1',
      billing: 'prepaid',
    });
  },
);
