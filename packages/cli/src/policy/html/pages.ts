import {
  type BookProduct,
  type BookProvider,
  type BookProvince,
  briefOf,
  compareRows,
  groupNames,
  isDifferent,
  otherRulesOf,
  type RuleRow,
  rulesOfProvince,
  standingOf,
  termOfValidity,
  versionOn,
} from '@openbeian/model/rule-book';
import { type BookPage, type BookView, pick, rowsTable, sourceLinks, testList } from './frame.ts';
import { anchorOf, html, type Markup, nothing } from './markup.ts';
import { bookWords } from './words.ts';

const cloudFile = ({ id }: BookProvider) => `cloud-${id}.html`;
const provinceFile = ({ code }: BookProvince) => `province-${code ?? 'all'}.html`;
const nameIn = ({ id }: BookProduct) => id.split('/')[1] ?? id;

/** Every page of the book, in one language. */
export function bookPages(view: BookView): BookPage[] {
  const { providers, provinces } = view.book;
  const pages = [
    indexPage(view),
    ...providers.map((provider) => cloudPage(provider, view)),
    ...provinces.map((province) => provincePage(province, view)),
    cloudsPage(view),
    sourcesPage(view),
  ];
  return view.compare === null ? pages : [...pages, changesPage(view, view.compare)];
}

function indexPage(view: BookView): BookPage {
  const { book, at, lang } = view;
  const clouds = book.providers.map((provider) => {
    const rows = provider.products.map((product) => {
      const version = versionOn(product, at);
      const said = version === null ? [] : briefOf(version);
      const brief = said.map((row) => html`${pick(row.label, view)}: ${pick(row.value, view)}<br>`);
      return html`<tr><th scope="row"><a href="${cloudFile(provider)}#${anchorOf(nameIn(product))}">${pick(product.name, view)}</a><br><span class="mono soft">${product.id}</span></th><td>${brief}</td><td>${version === null ? bookWords.notKnown(at)[lang] : pick(termOfValidity(version, at), view)}</td></tr>`;
    });
    return html`<h3><a href="${cloudFile(provider)}">${pick(provider.name, view)}</a></h3>
<div class="rows"><table><thead><tr><th scope="col">${bookWords.product[lang]}</th><th scope="col">${bookWords.value[lang]}</th><th scope="col">${bookWords.inForce[lang]}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  });
  const provinces = book.provinces.map(
    (province) =>
      html`<li><a href="${provinceFile(province)}">${pick(province.name, view)}</a> <span class="soft">(${rulesOfProvince(province, at).length})</span></li>`,
  );
  return {
    file: 'index.html',
    title: bookWords.title[lang],
    body: html`<p>${bookWords.lead(at)[lang]}</p>
<h2 id="provinces">${bookWords.provinces[lang]}</h2>
<ul>${provinces}</ul>
<p class="soft">${bookWords.provincesPrevail[lang]}</p>
<h2 id="clouds">${bookWords.clouds[lang]}</h2>
${clouds}`,
  };
}

function cloudPage(provider: BookProvider, view: BookView): BookPage {
  const { at, lang } = view;
  const { mainland, outside, source } = provider.regions;
  const accounts =
    provider.accounts.length === 0
      ? nothing
      : html`<h2 id="accounts">${bookWords.accounts[lang]}</h2>${rowsTable(provider.accounts, 'accounts', view)}`;
  const contents = provider.products.map(
    (product) => html`<li><a href="#${anchorOf(nameIn(product))}">${pick(product.name, view)}</a></li>`,
  );
  return {
    file: cloudFile(provider),
    title: pick(provider.name, view),
    body: html`<p>${bookWords.lead(at)[lang]}</p>
${provider.fictional ? html`<p class="soft">${bookWords.fictional[lang]}</p>` : nothing}
<nav aria-label="${bookWords.contents[lang]}"><ul>${contents}</ul></nav>
${provider.products.map((product) => productSection(product, view))}
${accounts}
<h2 id="regions">${bookWords.regions[lang]}</h2>
<p>${bookWords.mainland[lang]}: <span class="mono">${mainland.join(', ')}</span></p>
${outside.length === 0 ? nothing : html`<p>${bookWords.outside[lang]}: <span class="mono">${outside.join(', ')}</span></p>`}
<p class="soft">${bookWords.source[lang]}: ${sourceLinks([source])}</p>`,
  };
}

function productSection(product: BookProduct, view: BookView): Markup {
  const { at, lang } = view;
  const name = nameIn(product);
  const present = versionOn(product, at);
  const others = product.versions.filter((version) => version !== present);
  const tableOf = (version: (typeof others)[number]) => {
    const scope = version === present ? name : `${name}-${version.validFrom ?? version.validTo ?? ''}`;
    return html`<p class="soft">${bookWords.inForce[lang]}: ${pick(termOfValidity(version, at), view)}</p>${rowsTable(version.rows, scope, view)}`;
  };
  const former =
    others.length === 0
      ? nothing
      : html`<details><summary>${bookWords.otherVersions[lang]} (${others.length})</summary>${others.map(tableOf)}</details>`;
  return html`<h2 id="${anchorOf(name)}">${pick(product.name, view)}</h2>
<p class="mono soft">${product.id}</p>
${present === null ? html`<p>${bookWords.notKnown(at)[lang]}</p>` : tableOf(present)}
${former}
<p class="soft">${bookWords.allTests[lang]}</p>${testList(product.tests, view)}`;
}

function provincePage(province: BookProvince, view: BookView): BookPage {
  const { at, lang } = view;
  const rules = rulesOfProvince(province, at);
  const others = otherRulesOf(province, at);
  const checkList = rules.filter(({ effect }) => effect === 'human');
  const cardOf = (
    rule: (typeof rules)[number],
  ) => html`<h2 id="${anchorOf(rule.id, rule.validFrom ?? '')}" class="mono">${rule.id}</h2>
<p class="soft">${pick(standingOf(rule, at), view)} · ${bookWords.asOf(rule.asOf)[lang]}</p>
${rowsTable(rule.rows, rule.validFrom ?? '', view)}`;
  return {
    file: provinceFile(province),
    title: pick(province.name, view),
    body: html`<p>${bookWords.lead(at)[lang]}</p>
${rules.length === 0 ? html`<p>${bookWords.noRules(at)[lang]}</p>` : rules.filter(({ effect }) => effect !== 'human').map(cardOf)}
${checkList.length === 0 ? nothing : html`<h2 id="check-list">${bookWords.checkList[lang]}</h2><p>${bookWords.checkListLead[lang]}</p>${checkList.map(cardOf)}`}
${others.length === 0 ? nothing : html`<details><summary>${bookWords.otherRules(others.length)[lang]}</summary>${others.map(cardOf)}</details>`}`,
  };
}

/** Each cloud by its first product whose conditions are stated, one column for each. */
function cloudsPage(view: BookView): BookPage {
  const { book, at, lang } = view;
  const columns = book.providers.flatMap((provider) => {
    const version = provider.products[0] === undefined ? null : versionOn(provider.products[0], at);
    const stated = version?.rows.some(({ group }) => group === 'conditions') === true;
    return version === null || !stated ? [] : [{ provider, rows: [...version.rows, ...provider.accounts] }];
  });
  // Every question in order: the columns are merged one after the other.
  const merged = columns.reduce<readonly RuleRow[]>(
    (known, { rows }) => compareRows(known, rows).flatMap(({ left, right }) => left ?? right ?? []),
    [],
  );
  const body = merged.flatMap((asked) => {
    const given = columns.map(({ rows }) => rows.find(({ key }) => key === asked.key) ?? null);
    const said = new Set(given.map((row) => (row === null ? '' : pick(row.value, view))));
    const cells = given.map((row) => html`<td>${row === null ? '–' : pick(row.value, view)}</td>`);
    return html`<tr class="${said.size > 1 ? 'differs' : 'same'}"><th scope="row">${pick(asked.label, view)}</th>${cells}</tr>`;
  });
  return {
    file: 'clouds.html',
    title: bookWords.cloudsTitle[lang],
    body: html`<p>${bookWords.cloudsLead[lang]}</p>
<div class="wide clouds" tabindex="0" role="region" aria-label="${bookWords.cloudsTitle[lang]}"><table>
<thead><tr><th scope="col">${bookWords.asks[lang]}</th>${columns.map(({ provider }) => html`<th scope="col"><a href="${cloudFile(provider)}">${pick(provider.name, view)}</a></th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>`,
  };
}

/** What differs between two days: of each product and each province, the rows that do. */
function changesPage(view: BookView, compare: string): BookPage {
  const { book, at, lang } = view;
  const products = book.providers.flatMap((provider) =>
    provider.products.flatMap((product) => {
      const table = changedRows(versionOn(product, compare)?.rows ?? [], versionOn(product, at)?.rows ?? [], view);
      if (table === null) return [];
      return html`<h2 id="${anchorOf(product.id)}"><a href="${cloudFile(provider)}#${anchorOf(nameIn(product))}">${pick(provider.name, view)} · ${pick(product.name, view)}</a></h2>${table}`;
    }),
  );
  const provinces = book.provinces.flatMap((province) => {
    const on = (day: string) => rulesOfProvince(province, day).flatMap(({ rows }) => rows);
    const table = changedRows(on(compare), on(at), view);
    if (table === null) return [];
    return html`<h2 id="${anchorOf('province', province.code ?? 'all')}"><a href="${provinceFile(province)}">${pick(province.name, view)}</a></h2>${table}`;
  });
  const all = [...products, ...provinces];
  return {
    file: 'changes.html',
    title: bookWords.changesTitle(compare, at)[lang],
    body: all.length === 0 ? html`<p>${bookWords.noChanges[lang]}</p>` : html`${all}`,
  };
}

function changedRows(before: readonly RuleRow[], after: readonly RuleRow[], view: BookView): Markup | null {
  const { lang, at, compare } = view;
  const changed = compareRows(before, after).filter(isDifferent);
  if (changed.length === 0) return null;
  const cell = (row: RuleRow | null) =>
    row === null ? bookWords.notAsked[lang] : html`${pick(row.value, view)}<br>${sourceLinks(row.sources)}`;
  const rows = changed.map(({ left, right }) => {
    const named = left ?? right;
    return html`<tr class="differs"><th scope="row">${named === null ? '' : pick(named.label, view)}<br><span class="soft">${named === null ? '' : groupNames[named.group][lang]}</span></th><td data-label="${compare ?? ''}">${cell(left)}</td><td data-label="${at}">${cell(right)}</td></tr>`;
  });
  return html`<div class="rows"><table><thead><tr><th scope="col">${bookWords.asks[lang]}</th><th scope="col">${compare ?? ''}</th><th scope="col">${at}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function sourcesPage(view: BookView): BookPage {
  const { book, lang } = view;
  const entries = book.sources.map(({ label, title, published, url }) => {
    const address =
      url === null
        ? html`<span class="soft">${bookWords.noAddress[lang]}</span>`
        : html`<a href="${url}" rel="noreferrer">${url}</a>`;
    return html`<h3 id="${label}" class="mono">${label}</h3><p>${pick(title, view)}</p><p class="soft">${pick(published, view)}</p><p>${address}</p>`;
  });
  return { file: 'sources.html', title: bookWords.sourcesTitle[lang], body: html`${entries}` };
}
