import type { ApiOperation } from './document.ts';
import type { apiDocsWords } from './words.ts';

export type GroupId = keyof typeof apiDocsWords.api.groups;

/** Collections of the API's addresses by what they are about; the others are `other`. */
const collections: Readonly<Record<Exclude<GroupId, 'other'>, string>> = {
  filings: 'filings filing-routes filing-counts record-filings natures preparations app-certificates own-subject',
  materials: 'uploads materials',
  records: 'records record-counts moves demands',
  resources: 'resources resource-counts check account-search account-names',
  codes: 'codes code-counts stopping-codes partner',
  programs: 'api-keys webhooks webhook-counts notices',
  review: 'review-queue review-queue-counts review-statistics return-reasons contests',
  gate: 'gate',
  access: 'session own links password-resets portal people members support-accesses',
  provider:
    'accounts account-counts inventory inventory-comparison audit authority-cases authority-documents authority-lines differences reconciliations job-counts jobs lapsed-filings operations work-failures work-failure-counts',
};
const order = [
  'filings',
  'materials',
  'records',
  'resources',
  'codes',
  'programs',
  'review',
  'gate',
  'access',
  'provider',
] as const satisfies readonly GroupId[];

/** The operations by group, in the order of the groups. */
export function grouped(operations: readonly ApiOperation[]): readonly (readonly [GroupId, ApiOperation[]])[] {
  const groups = order.map((id) => {
    const tags = collections[id].split(' ');
    return [id, operations.filter(({ group }) => tags.includes(group))] as const;
  });
  const known = new Set(groups.flatMap(([, own]) => own));
  const others = operations.filter((operation) => !known.has(operation));
  return [...groups, ['other', others] as const].filter(([, own]) => own.length > 0);
}

/** What a partner calls, one after another. */
export const story = [
  'findFilingRoute',
  'startFiling',
  'getFilingForm',
  'saveFilingForm',
  'bindFiling',
  'listMaterials',
  'beginUpload',
  'appendUpload',
  'completeUpload',
  'checkFiling',
  'submitFiling',
  'getFiling',
  'listRecords',
] as const;
