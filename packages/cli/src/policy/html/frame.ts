import type { Day } from '@openbeian/model/calendar';
import { type BookText, groupNames, type RuleBook, type RuleRow, type RuleTest } from '@openbeian/model/rule-book';
import type { Lang } from '../../io/read-document.ts';
import { anchorOf, html, Markup, nothing } from './markup.ts';
import { contentPolicy, style } from './style.ts';
import { bookWords } from './words.ts';

/** What the pages are made of: the rules, the day they are shown on, the day they are compared with. */
export interface BookView {
  readonly book: RuleBook;
  readonly at: Day;
  readonly compare: Day | null;
  readonly lang: Lang;
}

/** A page: its file, its title and what it shows below that. */
export interface BookPage {
  readonly file: string;
  readonly title: string;
  readonly body: Markup;
}

const htmlLang: Readonly<Record<Lang, string>> = { zh: 'zh-CN', en: 'en' };
const others: Readonly<Record<Lang, Lang>> = { zh: 'en', en: 'zh' };
/** Where the pages of a language lie, seen from those of the other. */
const folderTo: Readonly<Record<Lang, string>> = { zh: '../', en: 'en/' };

/** A whole page, with the way to the others and to itself in the other language. */
export function pageText({ file, title, body }: BookPage, { at, compare, lang }: BookView): string {
  const other = others[lang];
  const name = bookWords.title[lang];
  const changes =
    compare === null ? nothing : html`<a href="changes.html">${bookWords.changesTitle(compare, at)[lang]}</a>`;
  // The hash of the policy is that of the style as it lies between its tags.
  return `<!doctype html>\n${
    html`<html lang="${htmlLang[lang]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === name ? name : `${title} · ${name}`}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<header><strong><a href="index.html">${name}</a></strong>
<a href="clouds.html">${bookWords.cloudsTitle[lang]}</a> ${changes} <a href="sources.html">${bookWords.sourcesTitle[lang]}</a>
<a href="${folderTo[other]}${file}" hreflang="${htmlLang[other]}">${bookWords.otherLanguage[lang]}</a></header>
<main>
<h1>${title}</h1>
${body}
</main>
<footer>${bookWords.footer[lang]}</footer>
</body>
</html>
`.text
  }`;
}

export const pick = (text: BookText, { lang }: BookView): string => text[lang];

/** The rows of a product, a provider's accounts or a rule of a province, in their groups. */
export function rowsTable(rows: readonly RuleRow[], scope: string, view: BookView): Markup {
  const { lang } = view;
  let group: string | null = null;
  const body = rows.map((row) => {
    const heading =
      row.group === group
        ? nothing
        : html`<tr class="group"><th colspan="4" scope="colgroup">${groupNames[row.group][lang]}</th></tr>`;
    group = row.group;
    return html`${heading}
<tr id="${anchorOf(scope, row.key)}"><th scope="row">${pick(row.label, view)}</th><td>${pick(row.value, view)}</td><td data-label="${bookWords.source[lang]}">${sourceLinks(row.sources)}</td><td>${testList(row.tests, view)}</td></tr>`;
  });
  return html`<div class="rows"><table>
<thead><tr><th scope="col">${bookWords.asks[lang]}</th><th scope="col">${bookWords.value[lang]}</th><th scope="col">${bookWords.source[lang]}</th><th scope="col">${bookWords.test[lang]}</th></tr></thead>
<tbody>${body}</tbody>
</table></div>`;
}

export function sourceLinks(labels: readonly string[]): Markup {
  const links = labels.map(
    (label, index) => html`${index === 0 ? '' : ', '}<a href="sources.html#${label}">${label}</a>`,
  );
  return html`<span class="mono">${links}</span>`;
}

export function testList(tests: readonly RuleTest[], { lang }: BookView): Markup {
  if (tests.length === 0) return nothing;
  const items = tests.map(({ name, place }) => html`<li>${name}<br><span class="mono soft">${place}</span></li>`);
  return html`<details><summary>${bookWords.tests(tests.length)[lang]}</summary><ul>${items}</ul></details>`;
}
