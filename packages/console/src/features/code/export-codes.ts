import { codeExportColumns } from '@openbeian/contract';
import { byteOrderMark, csvLine } from '@openbeian/model/csv';
import { type AnswerOf, call } from '../../api/client.ts';
import type { Code } from '../../api/shapes.ts';
import type { CodeQuery } from './code-filter.ts';

/** As many as a browser keeps in a file without trouble; who has more takes `openbeian codes export`. */
export const mostExported = 20_000;

type ReadPage = (query: CodeQuery) => Promise<AnswerOf<'listCodes'>>;
const readPage: ReadPage = (query) => call('listCodes', { query });

/** All codes that the filter shows, newest first, and whether there are more than are taken. */
export async function allCodes(query: CodeQuery, read: ReadPage = readPage, most = mostExported) {
  const codes: Code[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await read({ ...query, limit: 500, ...(after ? { after } : {}) });
    codes.push(...page.codes);
    after = page.next;
    if (codes.length >= most) return { codes: codes.slice(0, most), isCut: codes.length > most || after !== null };
  }
  return { codes, isCut: false };
}

/** The file as `openbeian codes export` writes it, without the codes themselves. */
export function codesAsText(codes: readonly Code[], format: 'csv' | 'json'): string {
  if (format === 'json') return `${JSON.stringify({ codes }, null, 2)}\n`;
  const lines = codes.map((code) => csvLine(codeExportColumns.map((name) => code[name])));
  return `${byteOrderMark}${csvLine(codeExportColumns)}${lines.join('')}`;
}
