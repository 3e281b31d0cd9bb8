import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, QRCode } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useQuestion } from '../../api/use-question.ts';
import { useText } from '../../language/language.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { PastedInput } from '../../parts/pasted-input.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ClearText, ShownOnce } from '../../parts/shown-once.tsx';
import { State } from '../../parts/state.tsx';
import { sessionKey } from '../session/session-query.ts';
import { ownAccessWords } from './words.ts';

/** The authenticator app and its recovery codes. */
export function TotpPanel({ own }: { readonly own: AnswerOf<'getOwnAccess'> }) {
  const { t } = useText(ownAccessWords);
  const cache = useQueryClient();
  const begin = useQuestion('beginTotp');
  const confirm = useCommand('confirmTotp');
  const remove = useCommand('removeTotp');
  const renew = useCommand('renewRecoveryCodes');
  const shown = confirm.data ?? renew.data;
  const close = () => {
    confirm.reset();
    renew.reset();
    begin.reset();
    void cache.invalidateQueries({ queryKey: sessionKey });
  };
  return (
    <Panel
      title={t.own.totp}
      beside={<State tone={own.totp ? 'good' : 'quiet'}>{own.totp ? t.own.totpOn : t.own.totpOff}</State>}
    >
      {own.totp ? (
        <div className="row">
          <span>{t.own.recoveryLeft(own.recoveryCodes)}</span>
          <Button size="small" loading={renew.isPending} onClick={() => renew.mutate({ body: {} })}>
            {t.own.recoveryRenew}
          </Button>
          <ConfirmButton
            title={t.own.removeTitle}
            lead={t.own.removeLead}
            pending={remove.isPending}
            onConfirm={() => remove.mutateAsync({ body: {} })}
          >
            {t.own.removeTotp}
          </ConfirmButton>
        </div>
      ) : begin.data ? (
        <TotpSecret
          made={begin.data}
          pending={confirm.isPending}
          onCode={(code) => confirm.mutate({ body: { code } })}
        />
      ) : (
        <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate({ body: {} })}>
          {t.own.totpSet}
        </Button>
      )}
      <ProblemAlert error={begin.error ?? confirm.error ?? remove.error ?? renew.error} />
      {shown && (
        <ShownOnce
          title={t.own.recovery}
          hint={t.own.recoveryOnce}
          secret={shown.recoveryCodes?.join('\n') ?? null}
          onClose={close}
        />
      )}
    </Panel>
  );
}

interface TotpSecretProps {
  readonly made: AnswerOf<'beginTotp'>;
  readonly pending: boolean;
  readonly onCode: (code: string) => void;
}

/** The secret to scan or type, and the first code. */
function TotpSecret({ made, pending, onCode }: TotpSecretProps) {
  const { t } = useText(ownAccessWords);
  return (
    <div className="stack">
      <p>{t.own.totpLead}</p>
      <QRCode value={made.uri} type="svg" />
      <div>
        {t.own.totpKey}
        <ClearText text={made.secret} />
      </div>
      <Form<{ code: string }> layout="inline" onFinish={({ code }) => onCode(code)}>
        <Form.Item name="code" label={t.own.code} rules={[{ required: true, message: t.app.required }]}>
          <PastedInput inputMode="numeric" autoComplete="one-time-code" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={pending}>
          {t.own.confirm}
        </Button>
      </Form>
    </div>
  );
}
