import { operations } from '@openbeian/contract';
import { type Kind, type KindName, kinds } from './mix.ts';

type Answer = Readonly<Record<string, unknown>>;
const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : -1);
/** A customer of this measurement has several organisers on record, of which every form is advised. */
const isOnlyAdvised = (findings: unknown): boolean =>
  Array.isArray(findings) && findings.every((finding) => within(finding).rule === 'account.other_subject');
const within = (value: unknown): Answer => (value ?? {}) as Answer;

/** What is right beyond the shape: nobody's list is empty, every step has led on. */
const right: Partial<Record<KindName, (answer: Answer) => boolean>> = {
  resources: ({ resources }) => lengthOf(resources) > 0,
  codes: ({ codes }) => lengthOf(codes) > 0,
  filings: ({ filings }) => lengthOf(filings) > 0,
  records: ({ records }) => lengthOf(records) > 0,
  counts: ({ total }) => Number(total) > 0,
  query: ({ code, params }) => code === 200 && within(params).total === 1,
  issue: ({ codes }) => lengthOf(codes) === 1,
  start: ({ filing }) => within(filing).state === 'draft',
  save: ({ filing, form }) => within(filing).state === 'draft' && isOnlyAdvised(within(form).findings),
  check: ({ findings }) => isOnlyAdvised(findings),
  submit: ({ state }) => state === 'awaiting_review',
  review: ({ state }) => state === 'awaiting_forward',
  upload: ({ resources, changed }) => resources === 20 && lengthOf(changed) === 20,
};

/** @throws Error when the answer is not what the contract and the measurement say */
export function checkAnswer(kind: string, body: string): void {
  // Kinds are noted by those who ask.
  const name = kind as KindName;
  const { operation }: Kind = kinds[name];
  // Every answer of ours is an object.
  const answer = JSON.parse(body) as Answer;
  if (operation !== 'query') operations[operation].answer.parse(answer);
  if (right[name]?.(answer) === false)
    throw new Error(`${kind} answers ${JSON.stringify(within(answer.form).findings ?? answer)}`.slice(0, 3000));
}
