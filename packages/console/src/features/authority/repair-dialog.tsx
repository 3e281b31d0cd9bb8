import { differenceTexts, type Repair, repairsOf, repairTexts } from '@openbeian/model/reconciliation';
import { Form, Input, Radio } from 'antd';
import type { AnswerOf, InputOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { AccountField } from '../../parts/account-field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useMessage } from '../../parts/message.tsx';
import { ReasonField } from '../../parts/reason-field.tsx';
import { authorityWords } from './words.ts';

type Difference = AnswerOf<'listDifferences'>['differences'][number];
type Act = InputOf<'repairDifference'>['body']['act'];

interface Given {
  readonly repair: Repair;
  readonly accountId?: string;
  readonly filingPassword?: string;
  readonly reason?: string;
}

interface RepairDialogProps {
  readonly difference: Difference;
  readonly onClose: () => void;
}

/** Where the authority’s word is that a record here is over: whoever takes it over ends what is in force. */
const endsRecord: readonly Difference['kind'][] = ['missing_there', 'cancelled_there'];

/** An operator repairs a difference; both sides are shown side by side. Nothing is chosen beforehand: each way changes one of the books. */
export function RepairDialog({ difference, onClose }: RepairDialogProps) {
  const { t, pick } = useText(authorityWords);
  const message = useMessage();
  const [form] = Form.useForm<Given>();
  const command = useCommand('repairDifference');
  const { id: differenceId, kind, ours, theirs } = difference;
  const repair = Form.useWatch('repair', form);
  const text = differenceTexts[kind];
  const done = () => {
    message.success(t.line.repaired);
    onClose();
  };
  const lead = (
    <>
      {pick(text.remedy)}
      <span style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 16, marginTop: 12 }}>
        <span className="wrap">
          <strong>{t.line.ours}</strong>
          <br />
          {ours ?? '—'}
        </span>
        <span className="wrap">
          <strong>{t.line.theirs}</strong>
          <br />
          {theirs ?? '—'}
        </span>
      </span>
    </>
  );
  return (
    <FormDialog<Given>
      title={`${t.line.repair} · ${pick(text)}`}
      lead={lead}
      okText={t.line.repair}
      form={form}
      danger={repair === 'take_over' && endsRecord.includes(kind)}
      pending={command.isPending}
      error={command.error}
      onSend={(given) => command.mutate({ params: { differenceId }, body: { act: actOf(given) } }, { onSuccess: done })}
      onClose={onClose}
    >
      <Form.Item name="repair" label={t.line.act} rules={[{ required: true, message: t.line.chooseRepair }]}>
        <Radio.Group
          style={{ display: 'grid', gap: 8 }}
          options={repairsOf(kind).map((value) => ({ value, label: pick(repairTexts[value]) }))}
        />
      </Form.Item>
      {repair !== undefined && <RepairFields repair={repair} kind={kind} />}
    </FormDialog>
  );
}

/** What a way to repair it needs. */
function RepairFields({ repair, kind }: { readonly repair: Repair; readonly kind: Difference['kind'] }) {
  const { t } = useText(authorityWords);
  if (repair === 'seen') return <ReasonField />;
  if (repair === 'take_over' && kind === 'missing_here') {
    return <AccountField name="accountId" label={t.line.toAccount} />;
  }
  if (repair !== 'send_again' || kind !== 'access_missing_there') return null;
  return (
    <Form.Item name="filingPassword" label={t.line.filingPassword}>
      <Input.Password autoComplete="off" maxLength={64} />
    </Form.Item>
  );
}

function actOf({ repair, accountId = '', filingPassword = '', reason = '' }: Given): Act {
  switch (repair) {
    case 'take_over':
      return { repair, ...(accountId.trim() !== '' && { accountId: accountId.trim() }) };
    case 'send_again':
      return { repair, ...(filingPassword !== '' && { filingPassword }) };
    case 'open_case':
      return { repair };
    case 'seen':
      return { repair, reason: reason.trim() };
  }
}
