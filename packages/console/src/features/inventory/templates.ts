import { byteOrderMark, csvLine } from '@openbeian/model/csv';
import { tableColumns } from '@openbeian/model/inventory-table';
import type { Language } from '../../language/words.ts';
import { saveFile } from '../../parts/save-file.ts';
import { inventoryWords } from './words.ts';
import { writeXlsx } from './write-xlsx.ts';

/** A small inventory to start from; fictional. With a language, what each of its facts is. */
export function yamlTemplate(language: Language | null): string {
  const line = (text: string, key: string) => {
    if (language === null) return text;
    const about = tableColumns.find((column) => column.key === key)?.about[language] ?? '';
    return `${text}${' '.repeat(Math.max(1, 34 - text.length))}# ${about}`;
  };
  return [
    'accounts:',
    line('  - id: acct-example', 'account'),
    line('    realName: enterprise', 'realName'),
    'resources:',
    line('  - id: ins-example-1', 'id'),
    line('    provider: tencent', 'provider'),
    line('    product: cvm', 'product'),
    line('    account: acct-example', 'account'),
    line('    region: ap-guangzhou', 'region'),
    line('    billing: prepaid', 'billing'),
    line('    boughtAt: 2026-06-01', 'boughtAt'),
    line('    expiresAt: 2027-05-31', 'expiresAt'),
    line('    state: running', 'state'),
    line('    publicIps:', 'publicIps'),
    '      - { address: 203.0.113.7, kind: instance }',
    line('    bandwidthMbps: 5', 'bandwidthMbps'),
    '',
  ].join('\n');
}

const header = (language: Language) => tableColumns.map(({ key, name }) => `${name[language]} (${key})`);
const example = tableColumns.map((column) => column.example);

/** The header and a row to write over. */
export const csvTemplate = (language: Language): string => byteOrderMark + csvLine(header(language)) + csvLine(example);

/** Hands the person a template: what to fill in, an example, and in a workbook a sheet that explains each column. */
export function saveTemplate(format: 'csv' | 'xlsx' | 'yaml', language: Language): void {
  const name = `openbeian-inventory.${format}`;
  if (format === 'yaml') return saveFile(name, 'application/yaml', yamlTemplate(language));
  if (format === 'csv') return saveFile(name, 'text/csv;charset=utf-8', csvTemplate(language));
  const { columns, template, explained } = inventoryWords.inventory;
  const rows = tableColumns.map((column) => [
    column.name[language],
    column.key,
    column.about[language],
    column.example,
  ]);
  const titles = [columns.name, columns.key, columns.about, columns.example].map((title) => title[language]);
  const sheets = [
    { name: template.sheet[language], rows: [header(language), example] },
    { name: explained[language], rows: [titles, ...rows] },
  ];
  saveFile(name, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', writeXlsx(sheets));
}
