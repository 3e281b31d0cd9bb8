import { useEffect, useEffectEvent, useReducer } from 'react';
import type { FilingForm } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { emptyDraft, type FormDraft, reduceDraft, saveState } from './form-draft.ts';

const idleMs = 900;

/**
 * Saves the form as it is filled in: a moment after the last key, or at once when asked. One save at a time; what is
 * typed meanwhile goes with the next one. A save that failed waits for the person.
 */
export function useFormDraft(filingId: string, version: number, form: FilingForm) {
  const [draft, dispatch] = useReducer(reduceDraft, emptyDraft);
  const save = useCommand('saveFilingForm');
  const state = saveState(draft);
  const { dirty } = draft;

  const send = (values: FormDraft['dirty']) => {
    if (state === 'saving' || Object.keys(values).length === 0) return;
    dispatch({ type: 'sent' });
    save.mutate(
      { params: { filingId }, body: { version, values: { ...values } } },
      { onSuccess: () => dispatch({ type: 'saved' }), onError: () => dispatch({ type: 'failed' }) },
    );
  };

  const sendWhenIdle = useEffectEvent(send);
  useEffect(() => {
    if (state !== 'unsaved') return;
    const timer = setTimeout(() => sendWhenIdle(dirty), idleMs);
    return () => clearTimeout(timer);
  }, [state, dirty]);

  // Leaving the tab with something unsaved asks first.
  useEffect(() => {
    if (state === 'saved') return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [state]);

  return {
    state,
    error: save.error,
    /** All values, as far as they are known here. */
    values: { ...form.values, ...dirty },
    /** The draft's value where there is one, the server's otherwise. */
    valueOf: (path: string): unknown => (path in dirty ? dirty[path] : form.values[path]),
    isTyped: (path: string): boolean => path in dirty,
    type: (path: string, value: unknown) => dispatch({ type: 'typed', path, value }),
    keep: (path: string) => dispatch({ type: 'kept', path }),
    saveNow: () => send(dirty),
    /** On leaving a field; what failed waits for the person, whose next click may be on the way out of it. */
    saveIfUnsaved: () => {
      if (state === 'unsaved') send(dirty);
    },
  };
}
