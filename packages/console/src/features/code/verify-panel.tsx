import { Alert, Form } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useQuestion } from '../../api/use-question.ts';
import { useText } from '../../language/language.tsx';
import { AccountField } from '../../parts/account-field.tsx';
import { Panel } from '../../parts/panel.tsx';
import { PastedInput } from '../../parts/pasted-input.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ReasonList } from '../../parts/reason-list.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { filingWords } from '../filing/words.ts';
import { useSession } from '../session/session-context.tsx';
import { codeWords } from './words.ts';

interface VerifyForm {
  readonly code: string;
  readonly accountId: string;
  readonly domainName?: string;
}

/** Would this code work for this account and name? */
export function VerifyPanel() {
  const { t } = useText(codeWords, filingWords);
  const { accountId } = useSession();
  const verify = useQuestion('verifyCode');
  return (
    <Panel>
      <p className="soft" style={{ marginBottom: 18, maxWidth: '68ch' }}>
        {t.code.verifyLead}
      </p>
      <Form<VerifyForm>
        layout="vertical"
        requiredMark={false}
        style={{ maxWidth: 480 }}
        initialValues={{ accountId: accountId ?? '' }}
        onValuesChange={() => verify.reset()}
        onFinish={({ code, accountId: account, domainName }) =>
          verify.mutate({
            body: {
              code: code.trim(),
              accountId: account.trim(),
              ...(domainName?.trim() ? { domainName: domainName.trim() } : {}),
            },
          })
        }
      >
        <Form.Item
          name="code"
          label={t.code.code}
          rules={[{ required: true, whitespace: true, message: t.filing.bindCodeRequired }]}
          extra={t.filing.bindCodeHint}
        >
          <PastedInput className="mono" autoComplete="off" />
        </Form.Item>
        <AccountField name="accountId" label={t.code.verifyAccount} />
        <Form.Item name="domainName" label={`${t.code.verifyName} (${t.app.optional})`}>
          <PastedInput as="host" autoComplete="off" placeholder="example.cn" />
        </Form.Item>
        <WriteButton type="primary" htmlType="submit" loading={verify.isPending}>
          {t.code.verifyAction}
        </WriteButton>
      </Form>
      <div style={{ marginTop: 20 }} aria-live="polite">
        <ProblemAlert error={verify.error} />
        {verify.data && <Verdict verdict={verify.data} />}
      </div>
    </Panel>
  );
}

function Verdict({ verdict }: { readonly verdict: AnswerOf<'verifyCode'> }) {
  const { t, pick } = useText(codeWords);
  return (
    <>
      <Alert
        showIcon
        type={verdict.usable ? 'success' : 'warning'}
        title={verdict.usable ? t.code.verifyUsable : t.code.verifyUnusable}
        style={{ marginBottom: 12 }}
      />
      <ReasonList reasons={verdict.reasons} />
      {verdict.name && (
        <div style={{ marginTop: 12 }}>
          <h3 className="part wrap">{verdict.name.domainName}</h3>
          <p className="soft">{pick(verdict.name.message)}</p>
        </div>
      )}
    </>
  );
}
