import type { WorkKind } from '../../ports/index.ts';

export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** From what is as it should be to what does not work. `unknown`: nobody here can say. */
const operationsStates = ['ok', 'unknown', 'attention', 'failing'] as const;
export type OperationsState = (typeof operationsStates)[number];

/** What an operator can do about it on the spot. */
export type OperationsAction =
  | { readonly act: 'retry_parked'; readonly kind: WorkKind }
  | { readonly act: 'resume_line'; readonly provinceCode: string };

/** What is so, and what to do about it. */
export interface Finding {
  readonly state: OperationsState;
  readonly text: Text;
  readonly todo: Text | null;
  /** Path of the page of the console where more can be seen or done. */
  readonly link: string | null;
}

/** One of several things that an item is about: a gate, a line, a kind of work. */
export interface OperationsPart extends Finding {
  /** The same at each reading. */
  readonly id: string;
  readonly name: Text;
  readonly action: OperationsAction | null;
}

export interface OperationsItem extends Finding {
  readonly id: OperationsItemId;
  readonly parts: readonly OperationsPart[];
}

export type OperationsItemId =
  | ('database' | 'replica' | 'migrations' | 'servers' | 'workers' | 'clock')
  | ('gates' | 'lines' | 'reconciliation')
  | ('parked' | 'hand_overs' | 'messages' | 'events' | 'inventory_syncs')
  | ('webhooks' | 'mail')
  | ('keys' | 'files' | 'certificate');

const gravity = (state: OperationsState): number => operationsStates.indexOf(state);

/** The gravest of them; `ok` where there are none. */
export const worstOf = (found: readonly { readonly state: OperationsState }[]): OperationsState =>
  found.reduce<OperationsState>((worst, { state }) => (gravity(state) > gravity(worst) ? state : worst), 'ok');

export const ok = (text: Text, link: string | null = null): Finding => ({ state: 'ok', text, todo: null, link });

/** What asks for somebody; with what to do. */
export const wants = (
  state: Exclude<OperationsState, 'ok'>,
  text: Text,
  todo: Text,
  link: string | null = null,
): Finding => ({ state, text, todo, link });

export const item = (id: OperationsItemId, finding: Finding): OperationsItem => ({ id, ...finding, parts: [] });

/** An item that is as its parts are: what to do is said with each of them. */
export const itemOf = (
  id: OperationsItemId,
  { text, link = null }: { readonly text: Text; readonly link?: string | null },
  parts: readonly OperationsPart[],
): OperationsItem => ({ id, state: worstOf(parts), text, todo: null, link, parts });

export const partOf = (
  { id, name }: { readonly id: string; readonly name: Text },
  finding: Finding,
  action: OperationsAction | null = null,
): OperationsPart => ({ id, name, ...finding, action });

/** A name that is the same in every language. */
export const named = (name: string): Text => ({ zh: name, en: name });
