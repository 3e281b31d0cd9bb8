import type { SubjectKind } from '@openbeian/model/filing';
import { Checkbox, Form, Radio, Select } from 'antd';
import { useNavigate } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { PastedInput } from '../../parts/pasted-input.tsx';
import { filingWords } from '../filing/words.ts';
import { actWords } from './words.ts';

type FilingRecord = AnswerOf<'listRecords'>['records'][number];

const wishes = ['change', 'end_access', 'cancel', 'change_subject', 'cancel_subject'] as const;
type Wish = (typeof wishes)[number];

interface Values {
  readonly wish: Wish;
  readonly isReplaced?: boolean;
  readonly nature?: string | undefined;
  readonly certificateType?: string | undefined;
  readonly certificateNumber?: string | undefined;
}

/** What is wanted of a record; which filing that takes is the server's to say. */
export function ActDialog({ record, onClose }: { readonly record: FilingRecord; readonly onClose: () => void }) {
  const { t } = useText(actWords);
  const navigate = useNavigate();
  const start = useCommand('startRecordFiling');
  const natures = useAnswer('listNatures', {}).data?.natures ?? [];
  const send = ({ wish, isReplaced, nature, certificateType, certificateNumber }: Values) => {
    const isOfSubject = wish === 'change_subject' || wish === 'cancel_subject';
    const wants = wish === 'change_subject' ? 'change' : wish === 'cancel_subject' ? 'cancel' : wish;
    const subjectKind = natures.find(({ value }) => value === nature)?.subjectKind;
    const becomes =
      wish === 'change_subject' && isReplaced && subjectKind !== undefined
        ? newCertificate(subjectKind, { nature, certificateType, certificateNumber })
        : {};
    const number = isOfSubject ? record.subjectNumber : record.serviceNumber;
    start.mutate(
      { body: { number, wants, ...becomes } },
      { onSuccess: ({ filing }) => void navigate(`/filings/${filing.id}/form`) },
    );
  };
  return (
    <FormDialog<Values>
      title={`${t.act.title} · ${record.shellSubject ? record.subjectNumber : record.domainName || record.serviceName}`}
      lead={t.act.lead}
      okText={t.act.start}
      pending={start.isPending}
      error={start.error}
      onSend={send}
      onClose={onClose}
    >
      <Form.Item name="wish" rules={[{ required: true, message: t.act.choose }]}>
        <Radio.Group className="stack">
          {wishes
            .filter((wish) => record.here || wish === 'change_subject' || wish === 'cancel_subject')
            .map((wish) => (
              <Radio key={wish} value={wish}>
                <span>{t.act.wishes[wish]}</span>
                <div className="faint">{t.act.hints[wish]}</div>
              </Radio>
            ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item noStyle dependencies={['wish', 'isReplaced', 'nature']}>
        {({ getFieldValue }) =>
          getFieldValue('wish') === 'change_subject' && (
            <NewCertificate
              isReplaced={getFieldValue('isReplaced') === true}
              nature={getFieldValue('nature')}
              natures={natures}
            />
          )
        }
      </Form.Item>
    </FormDialog>
  );
}

const newCertificate = (
  subjectKind: SubjectKind,
  {
    nature,
    certificateType = '',
    certificateNumber = '',
  }: Pick<Values, 'nature' | 'certificateType' | 'certificateNumber'>,
) => ({
  becomes: {
    subjectKind,
    ...(nature === undefined ? {} : { nature }),
    certificateType,
    certificateNumber: certificateNumber.trim(),
  },
});

interface NewCertificateProps {
  readonly isReplaced: boolean;
  readonly nature: string | undefined;
  readonly natures: AnswerOf<'listNatures'>['natures'];
}

function NewCertificate({ isReplaced, nature, natures }: NewCertificateProps) {
  const { t, pick } = useText(actWords, filingWords);
  const required = [{ required: true, whitespace: true, message: t.app.required }];
  const certificates = natures.find(({ value }) => value === nature)?.certificates ?? [];
  return (
    <>
      <Form.Item name="isReplaced" valuePropName="checked">
        <Checkbox>{t.act.newCertificate}</Checkbox>
      </Form.Item>
      {isReplaced && (
        <>
          <Form.Item name="nature" label={t.start.nature} rules={required}>
            <Select options={natures.map(({ value, label }) => ({ value, label: pick(label) }))} />
          </Form.Item>
          <Form.Item name="certificateType" label={t.start.certificateType} rules={required}>
            <Select options={certificates.map(({ value, label }) => ({ value, label: pick(label) }))} />
          </Form.Item>
          <Form.Item name="certificateNumber" label={t.start.certificateNumber} rules={required}>
            <PastedInput autoComplete="off" className="mono" />
          </Form.Item>
        </>
      )}
    </>
  );
}
