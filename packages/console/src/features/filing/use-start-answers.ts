import type { FormInstance } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { forgetAnswersOf, keepAnswers, keptAnswers } from '../../parts/kept-answers.ts';
import { useSession } from '../session/session-context.tsx';

/** Numbers of certificates stay in memory: going back shows them, a reload asks for them again. */
const numbers = new Map<string, string>();

/**
 * Keeps what is answered before a filing is started, and which step it is, so that Back, Forward and a reload lose nothing but
 * the number of the certificate, which no browser is to store.
 */
export function useStartAnswers<Answers extends { readonly domainName: string; readonly certificateNumber: string }>(
  form: FormInstance<Answers>,
) {
  const { userId } = useSession();
  const [params, setParams] = useSearchParams();
  const page = `start:${params.get('name') ?? ''}`;
  const key = `${userId} ${page}`;
  const [kept] = useState((): Partial<Answers> => {
    const number = numbers.get(key);
    return { ...keptAnswers<Answers>(userId, page), ...(number && { certificateNumber: number }) };
  });
  const asked = params.get('step') === '2' && (kept.domainName || hasName(form)) ? 1 : 0;
  return {
    kept,
    /** 0: the service; 1: the organiser. */
    step: asked,
    isNumberLost: asked === 1 && kept.domainName !== undefined && kept.certificateNumber === undefined,
    onStep: (step: number) =>
      setParams((old) => {
        if (step === 0) old.delete('step');
        else old.set('step', '2');
        return old;
      }),
    keep: () => {
      // Every field that is shown or was.
      const { certificateNumber, ...rest } = form.getFieldsValue(true) as Answers;
      keepAnswers(userId, page, rest);
      numbers.set(key, certificateNumber ?? '');
    },
    forget: () => {
      forgetAnswersOf(userId, page);
      numbers.delete(key);
    },
  };
}

/** Answered a moment ago, and kept only now. */
const hasName = <Answers extends object>(form: FormInstance<Answers>): boolean => {
  const { domainName } = form.getFieldsValue(true) as { readonly domainName?: string };
  return Boolean(domainName);
};

type Started = AnswerOf<'startFiling'>;

/** The filing that was started, kept with the page's place in the browser's history: a reload shows it again, to whoever started it. */
export function useStarted(answered: Started | undefined): Started | null {
  const { userId } = useSession();
  const { state, search } = useLocation();
  const navigate = useNavigate();
  const keep = useEffectEvent(
    (started: Started) => void navigate({ search }, { replace: true, state: { started, startedBy: userId } }),
  );
  useEffect(() => {
    if (answered) keep(answered);
  }, [answered]);
  // The history stays where somebody else signs in after it.
  return answered ?? (isStarted(state) && state.startedBy === userId ? state.started : null);
}

const isStarted = (state: unknown): state is { readonly started: Started; readonly startedBy: string } =>
  typeof state === 'object' && state !== null && 'started' in state && 'startedBy' in state;
