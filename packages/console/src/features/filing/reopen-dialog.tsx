import { Alert, Form, Input } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useMessage } from '../../parts/message.tsx';
import { TimeField } from '../../parts/time-field.tsx';
import { filingWords } from './words.ts';

interface ReopenValues {
  readonly from: string;
  readonly to: string;
  readonly comment: string;
}
type Refused = AnswerOf<'reopenLapsedFilings'>['refused'];

/** Times are typed, and shown everywhere, as they are in Asia/Shanghai. */
const instantOf = (typed: string): string => new Date(`${typed}:00+08:00`).toISOString();
/** The last instant of the minute. */
const endOf = (typed: string): string => new Date(Date.parse(instantOf(typed)) + 59_999).toISOString();
const most = 500;

/** Batch after batch; what was reopened before something went wrong stays open. */
function useReopenLapsed(onDone: (reopened: number, refused: Refused) => void) {
  const [isSending, setSending] = useState(false);
  const reopen = useCommand('reopenLapsedFilings');
  const send = async ({ from, to, comment }: ReopenValues) => {
    setSending(true);
    const within = { from: instantOf(from), to: endOf(to), comment: comment.trim() };
    const refused: Refused = [];
    let reopened = 0;
    let after: string | undefined;
    try {
      do {
        const body = { ...within, ...(after !== undefined && { after }) };
        const answer: AnswerOf<'reopenLapsedFilings'> = await reopen.mutateAsync({ body });
        reopened += answer.reopened;
        refused.push(...answer.refused);
        after = answer.next ?? undefined;
      } while (after !== undefined);
      onDone(reopened, refused);
    } catch {
      // The dialog shows what the server has against it.
    } finally {
      setSending(false);
    }
  };
  return { send, isSending, error: reopen.error };
}

/** An operator reopens everything that the clock closed between two times; what stays closed is listed with why. */
export function ReopenLapsedDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, pick } = useText(filingWords);
  const message = useMessage();
  const [form] = Form.useForm<ReopenValues>();
  const [refused, setRefused] = useState<Refused>([]);
  const { send, isSending, error } = useReopenLapsed((reopened, left) => {
    message.success(t.filing.reopenDone(reopened));
    setRefused(left);
    if (left.length === 0) onClose();
  });
  return (
    <FormDialog<ReopenValues>
      form={form}
      title={t.filing.reopenMany}
      lead={t.filing.reopenManyLead}
      okText={t.filing.reopen}
      pending={isSending}
      error={error}
      onSend={(values) => void send(values)}
      onClose={onClose}
    >
      <Form.Item label={t.filing.reopenFrom} required>
        <div className="bar">
          <TimeOf name="from" label={t.filing.reopenFromTime} />
          <TimeOf name="to" label={t.filing.reopenToTime} />
        </div>
        <Found />
      </Form.Item>
      <Form.Item
        name="comment"
        label={t.filing.reopenComment}
        rules={[{ required: true, whitespace: true, min: 2, message: t.part.reasonTooShort }]}
      >
        <Input.TextArea rows={2} count={{ show: true, max: 500 }} />
      </Form.Item>
      {refused.length > 0 && (
        <Alert
          type="warning"
          title={t.filing.reopenRefused(refused.length)}
          description={
            <ul>
              {refused.map(({ filingId, domainName, message: why }) => (
                <li key={filingId}>
                  {domainName}: {pick(why)}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </FormDialog>
  );
}

function TimeOf({ name, label }: { readonly name: 'from' | 'to'; readonly label: string }) {
  return (
    <Form.Item name={name} noStyle rules={[{ required: true, message: label }]}>
      <TimeField aria-label={label} />
    </Form.Item>
  );
}

/** How many there are in the time that is typed, those that operators closed left out. */
function Found() {
  const { t } = useText(filingWords);
  const from = Form.useWatch<string | undefined>('from');
  const to = Form.useWatch<string | undefined>('to');
  const isTyped = Boolean(from && to);
  const within = { from: instantOf(from || '2000-01-01T00:00'), to: endOf(to || '2000-01-01T00:00') };
  const found = useAnswer('listLapsedFilings', { query: { ...within, limit: most } }, { enabled: isTyped });
  if (!isTyped || found.data === undefined) return null;
  const count = found.data.lapses.filter(({ swept }) => swept).length;
  return <span className="soft">{t.filing.reopenFound(count, found.data.next !== null)}</span>;
}
