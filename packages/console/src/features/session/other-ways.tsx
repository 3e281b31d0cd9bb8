import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useQuestion } from '../../api/use-question.ts';
import { useText } from '../../language/language.tsx';
import { PlainButton, PlainProblem } from '../../parts/plain.tsx';
import { askForPasskey, hasPasskeys } from '../../parts/web-authn.ts';
import { useEnter } from './use-enter.ts';
import { sessionWords } from './words.ts';

/** Passkey and the provider's own sign-in. */
export function OtherWays({ deployment }: { readonly deployment: AnswerOf<'getDeployment'> | undefined }) {
  const { t, pick } = useText(sessionWords);
  const enter = useEnter();
  const begin = useQuestion('beginPasskeySignIn');
  const finish = useQuestion('signInWithPasskey');
  const beginOidc = useQuestion('beginOidcSignIn');
  const [brokenOff, setBrokenOff] = useState(false);
  const byPasskey = async () => {
    setBrokenOff(false);
    const begun = await begin.mutateAsync({ body: {} }).catch(() => null);
    if (begun === null) return;
    const response = await askForPasskey(begun.options).catch(() => null);
    if (response === null) setBrokenOff(true);
    else finish.mutate({ body: { response } }, { onSuccess: enter });
  };
  const byOidc = (side: 'staff' | 'customers') =>
    beginOidc.mutate({ body: { side } }, { onSuccess: ({ url }) => window.location.assign(url) });
  return (
    <div className="stack other-ways">
      {hasPasskeys() && (
        <PlainButton pending={begin.isPending || finish.isPending} onClick={() => void byPasskey()}>
          {t.signIn.byPasskey}
        </PlainButton>
      )}
      {deployment?.customerSignOn && (
        <PlainButton pending={beginOidc.isPending} onClick={() => byOidc('customers')}>
          {pick(deployment.customerSignOn)}
        </PlainButton>
      )}
      {deployment?.singleSignOn && (
        <PlainButton pending={beginOidc.isPending} onClick={() => byOidc('staff')}>
          {pick(deployment.singleSignOn)}
        </PlainButton>
      )}
      {brokenOff && <p role="status">{t.signIn.passkeyBrokenOff}</p>}
      <PlainProblem error={begin.error ?? finish.error ?? beginOidc.error} />
    </div>
  );
}
