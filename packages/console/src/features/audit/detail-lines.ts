import {
  calledPersons,
  callOutcomes,
  filingKindNames,
  filingStates,
  noticeGroups,
  revealReasons,
} from '@openbeian/model/filing';
import { materialNameAt } from '@openbeian/model/materials';
import { findProvince } from '@openbeian/model/province';
import { differenceTexts } from '@openbeian/model/reconciliation';
import { verificationWays } from '@openbeian/model/verification';
import { commonWords } from '../../language/common-words.ts';
import { formatInstant } from '../../language/format.ts';
import type { BothTexts, Language } from '../../language/words.ts';
import { apiKeyWords } from '../api-key/words.ts';
import { authorityWords } from '../authority/words.ts';
import { actWords } from '../record/words.ts';
import { webhookWords } from '../webhook/words.ts';
import { detailWords } from './detail-words.ts';

/** One fact of an audit row as people read it; `before` where something became something else. */
export interface DetailLine {
  readonly label: string;
  readonly before: string | null;
  readonly after: string;
}

const { labels: detailLabels, values: detailValues, changed: hasChanged } = detailWords.auditDetail;

export interface DetailReader {
  readonly language: Language;
  /** What people, accounts, keys and filings of the page are called, by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

type Table = Readonly<Record<string, BothTexts>>;

/** Words for the closed values of a fact. Where a fact has several meanings, the first table that has the value counts. */
const values: Readonly<Record<string, readonly Table[]>> = {
  ...Object.fromEntries(Object.entries(detailValues).map(([key, table]) => [key, [table]])),
  because: [detailValues.because, revealReasons],
  ending: [actWords.move.states],
  fields: [actWords.demand.fields],
  groups: [noticeGroups],
  kind: [detailValues.kind, filingKindNames, differenceTexts, authorityWords.line.kinds],
  outcome: [callOutcomes],
  person: [calledPersons],
  right: [commonWords.right],
  role: [commonWords.role],
  scopes: [apiKeyWords.apiKey.scope],
  state: [filingStates],
  types: [webhookWords.webhook.type],
  way: [verificationWays],
  from: [commonWords.role, commonWords.right],
  to: [commonWords.role, commonWords.right],
};

/** Two facts of one row that are what something was and what it is now, and what they are about. */
const pairs: Readonly<Record<string, { readonly after: string; readonly label: (detail: object) => BothTexts }>> = {
  from: {
    after: 'to',
    label: (detail) => ('accountId' in detail ? detailLabels.right : detailLabels.role),
  },
  fromResourceId: { after: 'resourceId', label: () => detailLabels.resourceId },
  fromAccountId: { after: 'toAccountId', label: () => detailLabels.accountId },
};

/** What an audit row says beside who did what, in the order in which it was written; a fact of a later release by its own name. */
export function detailLines(detail: unknown, reader: DetailReader): DetailLine[] {
  if (detail === null || detail === undefined) return [];
  if (typeof detail !== 'object' || Array.isArray(detail)) {
    return [{ label: '', before: null, after: JSON.stringify(detail) }];
  }
  const entries = Object.entries(detail);
  const seconds = new Set(Object.entries(pairs).flatMap(([before, { after }]) => (before in detail ? [after] : [])));
  return entries.flatMap(([key, value]): DetailLine[] => {
    if (value === null || value === '' || seconds.has(key)) return [];
    const pair = pairs[key];
    if (pair !== undefined) {
      const after = entries.find(([name]) => name === pair.after)?.[1] ?? null;
      const label = pair.label(detail)[reader.language];
      return [{ label, before: textOf(key, value, reader), after: textOf(pair.after, after, reader) }];
    }
    if (key === 'changed' && Array.isArray(value)) return [...changeLines(value, reader), ...namedLine(value, reader)];
    return [{ label: labelOf(key, reader), before: null, after: textOf(key, value, reader) }];
  });
}

/** As one text, for a file. */
export const detailText = (detail: unknown, reader: DetailReader): string =>
  detailLines(detail, reader)
    .map(({ label, before, after }) => {
      const text = before === null ? after : `${before} → ${after}`;
      return commonWords.app.labelled(label, text)[reader.language];
    })
    .join('; ');

/** So many things are named where only which were changed is kept. */
const mostNamed = 12;

/** Things of which only that they were changed is kept, on one line. */
function namedLine(changes: readonly unknown[], reader: DetailReader): DetailLine[] {
  const names = changes.filter((one) => typeof one === 'string').map((one) => labelOf(one, reader));
  if (names.length === 0) return [];
  const shown = names.slice(0, mostNamed).join(commonWords.app.comma[reader.language]);
  const after = names.length > mostNamed ? `${shown} … (${names.length})` : shown;
  return [{ label: hasChanged[reader.language], before: null, after }];
}

/** Fields that were changed, each with what it was and is. */
function changeLines(changes: readonly unknown[], reader: DetailReader): DetailLine[] {
  return changes.flatMap((change): DetailLine[] => {
    if (typeof change !== 'object' || change === null) return [];
    const { path, field, before, after } = change as Readonly<Record<string, unknown>>;
    const key = typeof field === 'string' ? field : String(path);
    const label = typeof field === 'string' ? labelOf(key, reader) : key;
    // Of a secret only that it was changed is written.
    if (before === undefined && after === undefined) {
      return [{ label, before: null, after: hasChanged[reader.language] }];
    }
    return [{ label, before: textOf(key, before ?? null, reader), after: textOf(key, after ?? null, reader) }];
  });
}

const labelOf = (key: string, { language }: DetailReader): string =>
  Object.hasOwn(detailLabels, key)
    ? // The table has it, so it is one.
      detailLabels[key as keyof typeof detailLabels][language]
    : key;

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text);

function textOf(key: string, value: unknown, reader: DetailReader): string {
  const { language, names } = reader;
  if (value === null || value === '') return '—';
  if (typeof value === 'boolean') return commonWords.app[value ? 'yes' : 'no'][language];
  if (Array.isArray(value)) {
    // A receiver that names no events is sent all.
    if (value.length === 0) return commonWords.app[key === 'types' ? 'all' : 'none'][language];
    return value.map((one) => textOf(key, one, reader)).join(commonWords.app.comma[language]);
  }
  if (typeof value === 'object') {
    // A reason at its field, a service with its name: what they hold, without the names of it.
    return Object.values(value)
      .filter((part) => part !== null && !(Array.isArray(part) && part.length === 0))
      .map((part) => textOf('', part, reader))
      .join(' ');
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  if (isInstant(value)) return formatInstant(value);
  if (key === 'provinceCode') return findProvince(value)?.[language] ?? value;
  const known = values[key]?.find((table) => Object.hasOwn(table, value))?.[value]?.[language];
  if (known !== undefined) return known;
  if (key === 'key') return materialNameAt(value)?.[language] ?? value;
  const name = names.get(value);
  return name === undefined ? value : `${name} (${value})`;
}
