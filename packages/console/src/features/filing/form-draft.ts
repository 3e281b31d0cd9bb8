type Values = Readonly<Record<string, unknown>>;

/** What a person has typed into a filing's form and what has become of it on the server. */
export interface FormDraft {
  /** Typed and not yet saved, by field path. Only these are sent. */
  readonly dirty: Values;
  /** What was seen of each of them before it was typed over; the server refuses what others have changed since. */
  readonly base: Values;
  /** On their way to the server now; null when nothing is. */
  readonly sending: Values | null;
  /** Typed here and changed elsewhere meanwhile: they wait until the person says which is right. */
  readonly conflicts: readonly string[];
  readonly failed: boolean;
}

export type FormDraftEvent =
  /** `seen`: what the form showed before. */
  | { readonly type: 'typed'; readonly path: string; readonly value: unknown; readonly seen?: unknown }
  /** The person keeps what the server has after all. */
  | { readonly type: 'kept'; readonly path: string }
  /** The person has seen what the server has, and keeps what was typed here. */
  | { readonly type: 'insisted'; readonly path: string; readonly seen: unknown }
  | { readonly type: 'sent' }
  | { readonly type: 'saved' }
  | { readonly type: 'conflicted'; readonly paths: readonly string[] }
  | { readonly type: 'failed' };

export const emptyDraft: FormDraft = { dirty: {}, base: {}, sending: null, conflicts: [], failed: false };

const without = (values: Values, path: string): Values => {
  const { [path]: _dropped, ...rest } = values;
  return rest;
};
const only = (values: Values, isKept: (path: string) => boolean): Values =>
  Object.fromEntries(Object.entries(values).filter(([path]) => isKept(path)));

/** Follows what is typed and saved. What is typed while a save is under way is kept for the next one. */
export function reduceDraft(draft: FormDraft, event: FormDraftEvent): FormDraft {
  switch (event.type) {
    case 'typed': {
      const { path, value, seen } = event;
      const base = path in draft.dirty ? draft.base : { ...draft.base, [path]: seen };
      return { ...draft, dirty: { ...draft.dirty, [path]: value }, base, failed: false };
    }
    case 'kept': {
      const { path } = event;
      const conflicts = draft.conflicts.filter((one) => one !== path);
      return { ...draft, dirty: without(draft.dirty, path), base: without(draft.base, path), conflicts };
    }
    case 'insisted': {
      const conflicts = draft.conflicts.filter((one) => one !== event.path);
      return { ...draft, base: { ...draft.base, [event.path]: event.seen }, conflicts };
    }
    case 'sent':
      return { ...draft, sending: waiting(draft), failed: false };
    case 'saved':
      return afterSaved(draft);
    case 'conflicted':
      return { ...draft, sending: null, conflicts: [...new Set([...draft.conflicts, ...event.paths])] };
    case 'failed':
      return { ...draft, sending: null, failed: true };
  }
}

/** What is still typed builds on what was just saved. */
function afterSaved({ dirty, base, sending, conflicts }: FormDraft): FormDraft {
  const sent = sending ?? {};
  const still = only(dirty, (path) => !(path in sent) || sent[path] !== dirty[path]);
  const seen = Object.fromEntries(Object.keys(still).map((path) => [path, path in sent ? sent[path] : base[path]]));
  return { dirty: still, base: seen, sending: null, conflicts, failed: false };
}

/** What the next save sends: everything typed but what waits for the person. */
export const waiting = ({ dirty, conflicts }: FormDraft): Values => only(dirty, (path) => !conflicts.includes(path));

/** What was seen of the values that are sent. */
export const baseOf = ({ base }: FormDraft, values: Values): Record<string, unknown> =>
  Object.fromEntries(Object.keys(values).map((path) => [path, base[path] ?? null]));

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'conflict' | 'failed';

export function saveState(draft: FormDraft): SaveState {
  if (draft.sending !== null) return 'saving';
  if (draft.failed) return 'failed';
  if (Object.keys(waiting(draft)).length > 0) return 'unsaved';
  return draft.conflicts.length > 0 ? 'conflict' : 'saved';
}

/** Is this the masked form of a personal value? The server hides such values; they are shown, never sent back. */
export function isMasked(personal: boolean, value: unknown): boolean {
  return personal && typeof value === 'string' && /[＊*]/.test(value);
}
