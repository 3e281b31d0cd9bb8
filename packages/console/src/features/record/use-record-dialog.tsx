import { Modal } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { useMessage } from '../../parts/message.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ResourcePicker } from '../resource/resource-picker.tsx';
import { actWords } from './words.ts';

type FilingRecord = AnswerOf<'listRecords'>['records'][number];

/** One click: a record is used on another resource of the account, without a filing. */
export function UseRecordDialog({ record, onClose }: { readonly record: FilingRecord; readonly onClose: () => void }) {
  const { t } = useText(actWords);
  const message = useMessage();
  const use = useCommand('useRecord');
  const [resourceId, setResourceId] = useState<string | null>(null);
  const done = () => {
    message.success(t.act.used);
    onClose();
  };
  const send = () => {
    if (resourceId === null) return;
    use.mutate({ body: { serviceNumber: record.serviceNumber, resourceId } }, { onSuccess: done });
  };
  return (
    <Modal
      open
      title={`${t.act.use} · ${record.domainName || record.serviceName}`}
      onCancel={onClose}
      okText={t.act.use}
      okButtonProps={{ loading: use.isPending, disabled: resourceId === null }}
      onOk={send}
    >
      <p className="soft">{t.act.useLead}</p>
      <ResourcePicker use="file" value={resourceId} onChange={setResourceId} none={t.act.choose} />
      <ProblemAlert error={use.error} onReload={onClose} />
    </Modal>
  );
}
