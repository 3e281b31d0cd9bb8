import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ResourcePicker } from '../resource/resource-picker.tsx';
import { IssueDialog } from './issue-dialog.tsx';
import { codeWords } from './words.ts';

/** Issues codes from their list: first on which resource. */
export function IssueAnywhere({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText(codeWords);
  const [picked, setPicked] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const resource = useAnswer('getResource', { params: { resourceId: chosen ?? '' } }, { enabled: chosen !== null });
  if (resource.data !== undefined) return <IssueDialog resource={resource.data} onClose={onClose} />;
  return (
    <Modal
      open
      title={t.code.issueTitle}
      onCancel={onClose}
      width={600}
      footer={
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>{t.app.cancel}</Button>
          <Button
            type="primary"
            disabled={picked === null}
            loading={resource.isLoading}
            onClick={() => setChosen(picked)}
          >
            {t.code.next}
          </Button>
        </div>
      }
    >
      <p className="soft" style={{ marginBottom: 14 }}>
        {t.code.issueWhere}
      </p>
      <ResourcePicker use="issue" value={picked} onChange={setPicked} none={t.code.issueNone} />
      <ProblemAlert error={resource.error} />
    </Modal>
  );
}
