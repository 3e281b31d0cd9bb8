import { join } from 'node:path';
import type { BookSource } from '@openbeian/model/rule-book';
import { textOf } from './read-table.ts';

/** Where the labels of sources are explained. */
const sourcesFile = join(import.meta.dirname, '..', 'docs', 'sources.md');

/**
 * The documents that rules name, from a Markdown file like docs/sources.md: a third-level heading with labels, then lines
 * `- Title: …`, `- Publisher: … · Date: …` and, where there are any, `- 中文：title · publisher · date` and `Link: <…>` (behind that or alone).
 * @throws Fault `input.invalid` where the file cannot be read
 */
export function loadSources(file: string = sourcesFile): BookSource[] {
  const entries = textOf(file).split('\n### ').slice(1);
  return entries.flatMap((entry) => {
    const heading = entry.slice(0, entry.indexOf('\n'));
    const source = sourceIn(entry);
    return [...heading.matchAll(/`([^`]+)`/g)].map(([, label = '']) => ({ label, ...source }));
  });
}

function sourceIn(entry: string): Omit<BookSource, 'label'> {
  const title = plain(partOf(entry, /^- Title: (.+?)(?: · Publisher: .+)?$/m));
  const published = plain(partOf(entry, /Publisher: (.+?)$/m).replace(' · Date: ', ' · '));
  const chinese = plain(partOf(entry, /^- 中文：(.+?)(?: · Link: .+)?$/m));
  const [zhTitle = '', ...zhPublished] = chinese.split(' · ');
  return {
    title: { zh: zhTitle === '' ? title : zhTitle, en: title },
    published: { zh: zhPublished.length === 0 ? published : zhPublished.join(' · '), en: published },
    url: /(?:^- | · )Link: <([^>]+)>/m.exec(entry)?.[1] ?? null,
  };
}

const partOf = (entry: string, pattern: RegExp): string => pattern.exec(entry)?.[1] ?? '';

/** Without the marks of Markdown and what is for the keepers of the page. */
const plain = (text: string): string => text.replaceAll('`[K]`', '').replaceAll('`', '').trim();
