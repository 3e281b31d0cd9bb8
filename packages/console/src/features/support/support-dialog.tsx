import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { SupportHistory } from './support-history.tsx';
import { supportWords } from './words.ts';

interface Beginning {
  readonly reason: string;
  readonly minutes: number;
}

/** Begins a look at the system as this account's customer; from then on the console is the customer's. */
export function SupportDialog({ accountId, onClose }: { readonly accountId: string; readonly onClose: () => void }) {
  const { t } = useText(supportWords);
  const begin = useCommand('beginSupportAccess');
  const cache = useQueryClient();
  const navigate = useNavigate();
  const enter = () => {
    void navigate('/', { replace: true });
    void cache.resetQueries();
  };
  return (
    <FormDialog<Beginning>
      title={t.support.title}
      lead={t.support.beginLead(accountId)}
      okText={t.support.begin}
      pending={begin.isPending}
      error={begin.error}
      initialValues={{ minutes: 30 }}
      onSend={({ reason, minutes }) => begin.mutate({ body: { accountId, reason, minutes } }, { onSuccess: enter })}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t.support.reason}
        rules={[{ required: true, whitespace: true, min: 5, message: t.support.reasonTooShort }]}
      >
        <Input.TextArea count={{ show: true, max: 500 }} rows={3} />
      </Form.Item>
      <Form.Item name="minutes" label={t.support.minutes}>
        <Select
          style={{ width: 200 }}
          options={[15, 30, 60, 120].map((value) => ({ value, label: t.support.minutesOf(value) }))}
        />
      </Form.Item>
    </FormDialog>
  );
}

/** What the provider's people open of an account: its past accesses. */
export function SupportHistoryButton({
  accountId,
  children,
}: {
  readonly accountId: string;
  readonly children: string;
}) {
  const { t } = useText(supportWords);
  const [shown, setShown] = useState(false);
  return (
    <>
      <Button size="small" type="link" onClick={() => setShown(true)}>
        {children}
      </Button>
      {shown && (
        <Modal
          open
          title={`${t.support.history} · ${accountId}`}
          footer={null}
          width={900}
          onCancel={() => setShown(false)}
        >
          <SupportHistory accountId={accountId} />
        </Modal>
      )}
    </>
  );
}
