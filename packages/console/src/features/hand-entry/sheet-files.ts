import { byteOrderMark, csvLine } from '@openbeian/model/csv';
import { strToU8, type Zippable, zipSync } from 'fflate';
import type { AnswerOf } from '../../api/client.ts';
import type { Language } from '../../language/words.ts';
import { escapedMarkup } from '../../parts/escaped-markup.ts';

export type Sections = AnswerOf<'revealHandEntry'>['sections'];

/** A picture as the authority takes it, and its number in the form's table of uses. */
export interface SheetPicture {
  readonly use: number;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The sheet for a spreadsheet; no cell runs as a formula. */
export function sheetCsv(sections: Sections, language: Language): string {
  const lines = sections.flatMap(({ title, rows }) =>
    rows.map(({ label, value, code }) => csvLine([title[language], label[language], value, code])),
  );
  return `${byteOrderMark}${lines.join('')}`;
}

/** The sheet as a page to read without a network. */
function sheetPage(sections: Sections, title: string, language: Language): string {
  const tables = sections.map(({ title: heading, rows }) => {
    const lines = rows.map(
      ({ label, value, code }) =>
        `<tr><th>${escapedMarkup(label[language])}</th><td>${escapedMarkup(value)}</td><td>${escapedMarkup(code ?? '')}</td></tr>`,
    );
    return `<h2>${escapedMarkup(heading[language])}</h2><table>${lines.join('')}</table>`;
  });
  const style =
    'body{font-family:sans-serif;margin:2em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:4px 8px;text-align:left;vertical-align:top}th{width:30%;font-weight:normal}td:last-child{width:15%}';
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${escapedMarkup(title)}</title><style>${style}</style><h1>${escapedMarkup(title)}</h1>${tables.join('')}</html>`;
}

/**
 * Sheet and pictures as one ZIP, the pictures named by their number of use, as the form asks for them: `3-身份证-2.jpg` is the second
 * one of its kind.
 */
export function sheetZip(
  sections: Sections,
  pictures: readonly SheetPicture[],
  { title, language }: { readonly title: string; readonly language: Language },
): Uint8Array<ArrayBuffer> {
  const files: Zippable = {
    'sheet.html': strToU8(sheetPage(sections, title, language)),
    'sheet.csv': strToU8(sheetCsv(sections, language)),
  };
  const counts = new Map<string, number>();
  for (const { use, name, bytes } of pictures) {
    const stem = `${use}-${name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_')}`;
    const count = (counts.get(stem) ?? 0) + 1;
    counts.set(stem, count);
    // JPEG does not get smaller.
    files[`${stem}${count === 1 ? '' : `-${count}`}.jpg`] = [bytes, { level: 0 }];
  }
  return new Uint8Array(zipSync(files));
}
