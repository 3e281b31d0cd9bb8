/** What a person has typed into a filing's form and what has become of it on the server. */
export interface FormDraft {
  /** Typed and not yet saved, by field path. Only these are sent. */
  readonly dirty: Readonly<Record<string, unknown>>;
  /** On their way to the server now; null when nothing is. */
  readonly sending: Readonly<Record<string, unknown>> | null;
  readonly failed: boolean;
}

export type FormDraftEvent =
  | { readonly type: 'typed'; readonly path: string; readonly value: unknown }
  /** The person keeps what the server has after all. */
  | { readonly type: 'kept'; readonly path: string }
  | { readonly type: 'sent' }
  | { readonly type: 'saved' }
  | { readonly type: 'failed' };

export const emptyDraft: FormDraft = { dirty: {}, sending: null, failed: false };

/** Follows what is typed and saved. What is typed while a save is under way is kept for the next one. */
export function reduceDraft(draft: FormDraft, event: FormDraftEvent): FormDraft {
  switch (event.type) {
    case 'typed':
      return { ...draft, dirty: { ...draft.dirty, [event.path]: event.value }, failed: false };
    case 'kept': {
      const { [event.path]: _dropped, ...dirty } = draft.dirty;
      return { ...draft, dirty };
    }
    case 'sent':
      return { ...draft, sending: draft.dirty, failed: false };
    case 'saved': {
      const sent = draft.sending ?? {};
      const still = Object.entries(draft.dirty).filter(([path, value]) => !(path in sent) || sent[path] !== value);
      return { dirty: Object.fromEntries(still), sending: null, failed: false };
    }
    case 'failed':
      return { ...draft, sending: null, failed: true };
  }
}

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed';

export function saveState(draft: FormDraft): SaveState {
  if (draft.sending !== null) return 'saving';
  if (draft.failed) return 'failed';
  return Object.keys(draft.dirty).length > 0 ? 'unsaved' : 'saved';
}

/** Is this the masked form of a personal value? The server hides such values; they are shown, never sent back. */
export function isMasked(personal: boolean, value: unknown): boolean {
  return personal && typeof value === 'string' && /[＊*]/.test(value);
}
