import { Form, Select } from 'antd';
import { useState } from 'react';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { noticeWords } from './words.ts';

/** As in the contract. */
const maxAddresses = 5;

/** Where the account's notices are mailed to. */
export function MailPanel() {
  const { t } = useText(noticeWords);
  const mail = useAnswer('getNoticeMail', {});
  const [isOpen, setOpen] = useState(false);
  return (
    <Panel
      title={t.notice.mail}
      actions={
        mail.data?.enabled && (
          <WriteButton size="small" onClick={() => setOpen(true)}>
            {t.notice.mailChange}
          </WriteButton>
        )
      }
    >
      <Loaded query={mail}>
        {({ enabled, addresses }) => (
          <p className="soft wrap">
            {!enabled ? t.notice.mailOff : addresses.length === 0 ? t.notice.mailNone : addresses.join(', ')}
          </p>
        )}
      </Loaded>
      {isOpen && mail.data && <MailDialog addresses={mail.data.addresses} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

interface MailDialogProps {
  readonly addresses: readonly string[];
  readonly onClose: () => void;
}

function MailDialog({ addresses, onClose }: MailDialogProps) {
  const { t } = useText(noticeWords);
  const put = useCommand('putNoticeMail');
  return (
    <FormDialog<{ addresses: string[] }>
      title={t.notice.mailChange}
      lead={t.notice.mailLead}
      okText={t.app.save}
      pending={put.isPending}
      error={put.error}
      initialValues={{ addresses: [...addresses] }}
      onSend={(values) => put.mutate({ body: { addresses: values.addresses } }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Form.Item
        name="addresses"
        label={t.notice.mailAddresses}
        rules={[{ type: 'array', defaultField: { type: 'email' }, message: t.notice.mailInvalid }]}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ';', ' ']} maxCount={maxAddresses} />
      </Form.Item>
    </FormDialog>
  );
}
