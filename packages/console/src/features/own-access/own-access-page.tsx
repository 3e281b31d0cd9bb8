import { Alert } from 'antd';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { ReadOnlyReason } from '../../parts/write-button.tsx';
import { ChoicePanel } from '../notice/choice-panel.tsx';
import { useSession } from '../session/session-context.tsx';
import { PasskeyPanel } from './passkey-panel.tsx';
import { MailPanel, PasswordPanel } from './password-panel.tsx';
import { SessionPanel } from './session-panel.tsx';
import { SupportPanel } from './support-panel.tsx';
import { TotpPanel } from './totp-panel.tsx';
import { ownAccessWords } from './words.ts';

/** The person's own ways in: password, second factors, sessions. */
export function OwnAccessPage() {
  const { t } = useText(ownAccessWords);
  // While an operator looks as a customer, these would be the operator's own; of the account there are its accesses.
  const { support } = useSession();
  return (
    <Page title={t.own.title} topic="page:account">
      {support === null ? <OwnAccess /> : <SupportPanel />}
    </Page>
  );
}

function OwnAccess() {
  const { t } = useText(ownAccessWords);
  const { secondFactorDue, role } = useSession();
  const access = useAnswer('getOwnAccess', {});
  return (
    <>
      {secondFactorDue && <Alert role="alert" type="warning" showIcon title={t.own.due} style={{ marginBottom: 18 }} />}
      <Loaded query={access}>
        {(own) => (
          <>
            <ReadOnlyReason value={null}>
              <TotpPanel own={own} />
              <PasskeyPanel own={own} />
              {!secondFactorDue && (
                <>
                  {own.hasPassword && <PasswordPanel login={own.login} />}
                  <MailPanel own={own} />
                  <ChoicePanel />
                  <SessionPanel own={own} />
                </>
              )}
            </ReadOnlyReason>
            {!secondFactorDue && role === 'customer' && <SupportPanel />}
          </>
        )}
      </Loaded>
    </>
  );
}
