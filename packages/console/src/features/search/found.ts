import type { AnswerOf } from '../../api/client.ts';
import type { BothTexts } from '../../language/words.ts';
import type { Article } from '../../parts/help-context.ts';
import { hostOf } from '../../parts/host-of.ts';
import type { searchWords } from './words.ts';

type Group = AnswerOf<'searchEverything'>['groups'][number];
type Hit = Group['hits'][number];
type FoundKind = keyof typeof searchWords.search.kinds;

/** One line that can be opened. */
export interface Found {
  readonly key: string;
  /** Null: leads to the list with all that there is of its kind. */
  readonly title: BothTexts | string | null;
  readonly detail: BothTexts | string | null;
  readonly to: string;
}
export interface FoundGroup {
  readonly kind: FoundKind;
  readonly found: readonly Found[];
}
/** A page of the menu. */
export interface MenuPage {
  readonly to: string;
  readonly label: BothTexts;
}

/** Of each kind that is found here, not by the server. */
const most = 5;

const listOf: Readonly<Record<Group['kind'], string>> = {
  filing: '/filings',
  record: '/records',
  resource: '/resources',
  code: '/codes',
  account: '/accounts',
  person: '/people',
};
/** Kinds that have a page for each; others are found in their list. */
const withPage = ['filing', 'resource'] as const satisfies readonly Group['kind'][];

const inList = (kind: Group['kind'], search: string): string => `${listOf[kind]}?${new URLSearchParams({ search })}`;

/** What the server found. `ownAccount`: of a customer; null of the provider's people. */
export function groupOf({ kind, hits, more }: Group, text: string, ownAccount: string | null): FoundGroup {
  const found = hits.map((hit) => {
    const { id, title, detail } = hit;
    return { key: `${kind} ${id}`, title, detail, to: placeOf(kind, hit, ownAccount) };
  });
  const all = { key: `${kind} more`, title: null, detail: null, to: inList(kind, text) };
  return { kind, found: more ? [...found, all] : found };
}

function placeOf(kind: Group['kind'], { id, title, accountId }: Hit, ownAccount: string | null): string {
  if (withPage.some((one) => one === kind)) return `${listOf[kind]}/${encodeURIComponent(id)}`;
  if (kind !== 'code') return inList(kind, id);
  // By its last four characters, since its id says nothing to people; those of others are on the side of the granted.
  const isGranted = ownAccount !== null && accountId !== ownAccount;
  return `${inList(kind, title.slice(-4))}${isGranted ? '&tab=granted' : ''}`;
}

export function pagesNamed(pages: readonly MenuPage[], text: string): FoundGroup {
  const wanted = text.toLowerCase();
  const named = pages.filter(({ label }) => `${label.zh} ${label.en}`.toLowerCase().includes(wanted));
  const found = named.map(({ to, label }) => ({ key: `page ${to}`, title: label, detail: null, to }));
  return { kind: 'page', found: found.slice(0, most) };
}

export const helpFound = (articles: readonly Article[]): FoundGroup => ({
  kind: 'help',
  found: articles
    .slice(0, most)
    .map(({ id, title }) => ({ key: `help ${id}`, title, detail: null, to: `/help#${id}` })),
});

/** Whoever types a domain may ask why it is not served. */
export function hostFound(text: string, title: (host: string) => BothTexts): FoundGroup {
  const host = /^[^\s]+\.[^\s]+$/u.test(text) ? hostOf(text) : '';
  if (!/^[^\s/]+\.[^\s/.]{2,}$/u.test(host)) return { kind: 'host', found: [] };
  const to = `/host?${new URLSearchParams({ host })}`;
  return { kind: 'host', found: [{ key: 'host', title: title(host), detail: null, to }] };
}
