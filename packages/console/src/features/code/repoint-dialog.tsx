import { Modal } from 'antd';
import { useState } from 'react';
import type { Code } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ResourcePicker } from '../resource/resource-picker.tsx';
import { codeWords } from './words.ts';

interface RepointDialogProps {
  readonly code: Code;
  readonly onClose: () => void;
}

/** Points an unused code at another resource of its issuer, whose quota it then takes. */
export function RepointDialog({ code, onClose }: RepointDialogProps) {
  const { t } = useText(codeWords);
  const repoint = useCommand('repointCode');
  const [resourceId, setResourceId] = useState<string | null>(null);
  const send = () => {
    if (resourceId === null) return;
    repoint.mutate({ params: { codeId: code.id }, body: { resourceId } }, { onSuccess: onClose });
  };
  return (
    <Modal
      open
      title={t.code.repointTitle}
      onCancel={onClose}
      okText={t.code.repoint}
      okButtonProps={{ loading: repoint.isPending, disabled: resourceId === null }}
      onOk={send}
      width={600}
    >
      <p className="soft" style={{ marginBottom: 16 }}>
        {t.code.repointLead(code.tail, code.resourceId)}
      </p>
      <ResourcePicker
        use="issue"
        except={code.resourceId}
        value={resourceId}
        onChange={setResourceId}
        none={t.code.repointNone}
      />
      <div style={{ marginTop: 14 }}>
        <ProblemAlert error={repoint.error} onReload={onClose} />
      </div>
    </Modal>
  );
}
