import { Button, Form, Input, InputNumber, Modal } from 'antd';
import type { Resource } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ClearText } from '../../parts/shown-once.tsx';
import { useFirstField } from '../../parts/use-first-field.ts';
import { GranteeField } from './grantee-field.tsx';
import { codeWords } from './words.ts';

interface IssueForm {
  readonly count: number;
  readonly granteeAccountId?: string;
  readonly note?: string;
}

interface IssueDialogProps {
  readonly resource: Resource;
  readonly onClose: () => void;
}

/** Issues codes on a resource. The clear codes are shown here and nowhere else. */
export function IssueDialog({ resource, onClose }: IssueDialogProps) {
  const { t } = useText(codeWords);
  // The command lives as long as this dialog, and with it the idempotency key of what is being issued.
  const issue = useCommand('issueCodes');
  const [form] = Form.useForm<IssueForm>();
  const { fields, focusFirst } = useFirstField();
  const remaining = resource.check.issue.quota?.remaining ?? null;
  const send = (values: IssueForm) =>
    issue.mutate({
      params: { resourceId: resource.id },
      body: {
        count: values.count,
        granteeAccountId: values.granteeAccountId?.trim() || null,
        note: values.note?.trim() ?? '',
      },
    });
  const issued = issue.data?.codes;
  return (
    <Modal
      open
      afterOpenChange={focusFirst}
      title={issued ? t.code.issueDone(issued.length) : t.code.issueTitle}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        issued ? (
          <IssuedFooter clear={issued.map((one) => one.clear)} onClose={onClose} />
        ) : (
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            <Button onClick={onClose}>{t.app.cancel}</Button>
            <Button type="primary" loading={issue.isPending} onClick={form.submit}>
              {t.code.issue}
            </Button>
          </div>
        )
      }
    >
      {issued ? (
        <Issued clear={issued.map((one) => one.clear)} />
      ) : (
        <div ref={fields}>
          <p className="soft" style={{ marginBottom: 16 }}>
            {t.code.issueOn(resource.id)}
          </p>
          <Form<IssueForm>
            form={form}
            layout="vertical"
            requiredMark={false}
            initialValues={{ count: 1 }}
            onFinish={send}
          >
            <IssueFields remaining={remaining} />
          </Form>
          <ProblemAlert error={issue.error} form={form} onReload={onClose} />
        </div>
      )}
    </Modal>
  );
}

function Issued({ clear }: { readonly clear: readonly string[] }) {
  const { t } = useText(codeWords);
  return (
    <div className="stack">
      <p className="soft">{t.code.issueDoneHint}</p>
      {clear.map((text) => (
        <ClearText key={text} text={text} />
      ))}
    </div>
  );
}

interface IssuedFooterProps {
  /** The codes in clear. */
  readonly clear: readonly string[];
  readonly onClose: () => void;
}

function IssuedFooter({ clear, onClose }: IssuedFooterProps) {
  const { t } = useText(codeWords);
  return (
    <div className="row" style={{ justifyContent: 'flex-end' }}>
      {clear.length > 1 && <CopyButton type="default" label={t.code.copyAll} text={clear.join('\n')} />}
      <Button type="primary" onClick={onClose}>
        {t.part.secretSaved}
      </Button>
    </div>
  );
}

function IssueFields({ remaining }: { readonly remaining: number | null }) {
  const { t } = useText(codeWords);
  return (
    <>
      <Form.Item
        name="count"
        label={t.code.count}
        rules={[{ required: true, message: t.app.required }]}
        extra={remaining === null ? null : t.code.countHint(remaining)}
      >
        <InputNumber min={1} max={Math.max(1, Math.min(20, remaining ?? 20))} precision={0} />
      </Form.Item>
      <GranteeField name="granteeAccountId" label={t.code.granteeLabel} required={false} />
      <Form.Item name="note" label={`${t.app.note} (${t.app.optional})`}>
        <Input maxLength={200} placeholder={t.code.notePlaceholder} />
      </Form.Item>
    </>
  );
}
