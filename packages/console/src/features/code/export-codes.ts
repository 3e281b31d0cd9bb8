import { codeExportColumns } from '@openbeian/contract';
import { byteOrderMark, csvLine } from '@openbeian/model/csv';
import { type AnswerOf, call } from '../../api/client.ts';
import type { Code } from '../../api/shapes.ts';
import { type Reading, readAll } from '../../parts/read-all.ts';
import type { CodeQuery } from './code-filter.ts';

type ReadPage = (query: CodeQuery) => Promise<AnswerOf<'listCodes'>>;
const readPage: ReadPage = (query) => call('listCodes', { query });

/** All codes that the filter shows, newest first, and whether there are more than are taken. */
export async function allCodes(query: CodeQuery, { read = readPage, ...reading }: Reading & { read?: ReadPage } = {}) {
  const { rows, isCut } = await readAll(async (after) => {
    const { codes, next } = await read({ ...query, limit: 500, ...(after ? { after } : {}) });
    return { rows: codes, next };
  }, reading);
  return { codes: rows, isCut };
}

/** The file as `openbeian codes export` writes it, without the codes themselves. */
export function codesAsText(codes: readonly Code[], format: 'csv' | 'json'): string {
  if (format === 'json') return `${JSON.stringify({ codes }, null, 2)}\n`;
  const lines = codes.map((code) => csvLine(codeExportColumns.map((name) => code[name])));
  return `${byteOrderMark}${csvLine(codeExportColumns)}${lines.join('')}`;
}
