import { useQueryClient } from '@tanstack/react-query';
import { useContext, useEffect, useEffectEvent, useReducer, useState } from 'react';
import { problemParts } from '../../api/problem-parts.ts';
import type { FilingForm, Session } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { SessionContext } from '../session/session-context.tsx';
import { baseOf, emptyDraft, reduceDraft, saveState, waiting } from './form-draft.ts';

const idleMs = 900;

/** Fields that were changed elsewhere, by the places of a refusal: `values["service.name"]`. */
const changedFields = (error: unknown): string[] => {
  const { code, places } = problemParts(error);
  if (code !== 'object.changed') return [];
  return places.flatMap(({ path }) => /^values\["(.+)"\]$/.exec(path)?.[1] ?? []);
};

interface DraftOf {
  readonly filingId: string;
  /** As it was read last; what a save answers may be newer. */
  readonly form: FilingForm;
  /** Only what was refused is open; it is saved by an operation of its own. */
  readonly correcting: boolean;
}

/**
 * Saves the form as it is filled in: a moment after the last key, or at once when asked. One save at a time; what is
 * typed meanwhile goes with the next one. A save that failed waits for the person, unless only because the session had ended:
 * it is sent again once they have signed in again. So does a field that was changed elsewhere
 * meanwhile, while the others are saved.
 */
export function useFormDraft({ filingId, form: read, correcting }: DraftOf) {
  const [answered, setAnswered] = useState<FilingForm | null>(null);
  const form = answered !== null && answered.version > read.version ? answered : read;
  const [draft, dispatch] = useReducer(reduceDraft, emptyDraft);
  const cache = useQueryClient();
  const whole = useCommand('saveFilingForm');
  const corrections = useCommand('correctFilingForm');
  const save = correcting ? corrections : whole;
  const state = saveState(draft);
  const { dirty, conflicts } = draft;

  const send = () => {
    const values = waiting(draft);
    if (state === 'saving' || Object.keys(values).length === 0) return;
    dispatch({ type: 'sent' });
    save.mutate(
      { params: { filingId }, body: { version: form.version, values: { ...values }, base: baseOf(draft, values) } },
      {
        onSuccess: (answer) => {
          setAnswered(answer.form);
          dispatch({ type: 'saved' });
        },
        onError: (error) => {
          const paths = changedFields(error);
          dispatch(paths.length > 0 ? { type: 'conflicted', paths } : { type: 'failed' });
          if (paths.length > 0) void cache.invalidateQueries();
        },
      },
    );
  };

  const sendWhenIdle = useEffectEvent(send);
  useEffect(() => {
    // Each change of what is typed begins the wait again.
    if (state !== 'unsaved' || Object.keys(dirty).length === 0) return;
    const timer = setTimeout(() => sendWhenIdle(), idleMs);
    return () => clearTimeout(timer);
  }, [state, dirty]);

  const session = useContext(SessionContext);
  const sendOnceIn = useEffectEvent((entered: Session | null) => {
    if (entered !== null && state === 'failed' && problemParts(save.error).code === 'auth.required') send();
  });
  useEffect(() => sendOnceIn(session), [session]);

  useAskBeforeUnload(state !== 'saved');

  return {
    form,
    state,
    // A conflict is shown at its field.
    error: state === 'failed' ? save.error : null,
    /** All values, as far as they are known here. */
    values: { ...form.values, ...dirty },
    /** The draft's value where there is one, the server's otherwise. */
    valueOf: (path: string): unknown => (path in dirty ? dirty[path] : form.values[path]),
    isTyped: (path: string): boolean => path in dirty,
    isInConflict: (path: string): boolean => conflicts.includes(path),
    type: (path: string, value: unknown) => dispatch({ type: 'typed', path, value, seen: form.values[path] }),
    keep: (path: string) => dispatch({ type: 'kept', path }),
    insist: (path: string) => dispatch({ type: 'insisted', path, seen: form.values[path] }),
    saveNow: send,
    /** On leaving a field; what failed waits for the person, whose next click may be on the way out of it. */
    saveIfUnsaved: () => {
      if (state === 'unsaved') send();
    },
  };
}

/** Leaving the tab with something unsaved asks first. */
function useAskBeforeUnload(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isUnsaved]);
}
