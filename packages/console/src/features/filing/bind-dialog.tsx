import { Alert, Button, Modal, Segmented } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { PastedInput } from '../../parts/pasted-input.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { GrantedCodes } from '../code/granted-codes.tsx';
import { ResourcePicker } from '../resource/resource-picker.tsx';
import { filingWords } from './words.ts';

/** With a resource of this account, with a code that another account granted to it, or with one as it was passed on. */
type Way = 'own' | 'granted' | 'code';

/** What is asked for while nothing is chosen. */
const saidWithout = { own: 'bindPick', granted: 'bindPickCode', code: 'bindCodeRequired' } as const;

interface BindDialogProps {
  readonly filing: Filing;
  /** The resource to propose, if it is among the account's. */
  readonly preferred: string | null;
  readonly onClose: () => void;
}

/** Chooses the resource of this account or a code that was granted to it, or enters a code. */
export function BindDialog({ filing, preferred, onClose }: BindDialogProps) {
  const { t } = useText(filingWords);
  const resources = useAnswer('countResources', {});
  const bind = useCommand('bindFiling');
  const [chosenWay, setWay] = useState<Way | null>(filing.codeId === null ? null : 'code');
  const way = chosenWay ?? (resources.data?.file === 0 ? 'code' : 'own');
  const [resourceId, setResourceId] = useState(filing.codeId === null ? (filing.resourceId ?? preferred) : preferred);
  const [code, setCode] = useState('');
  const [codeId, setCodeId] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const formId = useId();

  const send = (event: FormEvent) => {
    event.preventDefault();
    const chosen = { own: resourceId && { resourceId }, granted: codeId && { codeId }, code: code && { code } }[way];
    setMissing(!chosen);
    if (!chosen) return;
    bind.mutate(
      {
        params: { filingId: filing.id },
        body: { version: filing.version, with: chosen },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Modal
      open
      title={t.filing.bind}
      onCancel={onClose}
      width={600}
      footer={<BindFooter formId={formId} binding={bind.isPending} onClose={onClose} />}
    >
      <p className="soft" style={{ marginBottom: 14 }}>
        {t.filing.bindLead}
      </p>
      <WaySwitch
        way={way}
        onChange={(value) => {
          setWay(value);
          setMissing(false);
        }}
      />
      <form id={formId} onSubmit={send}>
        {way === 'own' && <OwnResource filingId={filing.id} value={resourceId} onChange={setResourceId} />}
        {way === 'granted' && <GrantedCodes value={codeId} onChange={setCodeId} />}
        {way === 'code' && <CodeField code={code} onChange={setCode} missing={missing} />}
      </form>
      <div style={{ marginTop: 14 }}>
        {missing && <Alert type="error" showIcon title={t.filing[saidWithout[way]]} />}
        <ProblemAlert error={bind.error} onReload={onClose} />
      </div>
    </Modal>
  );
}

interface OwnResourceProps {
  readonly filingId: string;
  readonly value: string | null;
  readonly onChange: (resourceId: string) => void;
}

function OwnResource(props: OwnResourceProps) {
  const { t } = useText(filingWords);
  return <ResourcePicker use="file" none={t.filing.bindNoResource} {...props} />;
}

interface WaySwitchProps {
  readonly way: Way;
  readonly onChange: (way: Way) => void;
}

function WaySwitch({ way, onChange }: WaySwitchProps) {
  const { t } = useText(filingWords);
  return (
    <Segmented<Way>
      block
      value={way}
      onChange={onChange}
      options={[
        { value: 'own', label: t.filing.bindOwn },
        { value: 'granted', label: t.filing.bindGranted },
        { value: 'code', label: t.filing.bindCode },
      ]}
      style={{ marginBottom: 16 }}
    />
  );
}

interface CodeFieldProps {
  readonly code: string;
  readonly onChange: (code: string) => void;
  readonly missing: boolean;
}

function CodeField({ code, onChange, missing }: CodeFieldProps) {
  const { t } = useText(filingWords);
  return (
    <label className="field">
      <span>{t.filing.bindCodeLabel}</span>
      <PastedInput
        className="mono"
        size="large"
        autoComplete="off"
        value={code}
        onChange={onChange}
        status={missing ? 'error' : ''}
      />
      <span className="faint">{t.filing.bindCodeHint}</span>
    </label>
  );
}

interface BindFooterProps {
  readonly formId: string;
  readonly binding: boolean;
  readonly onClose: () => void;
}

function BindFooter({ formId, binding, onClose }: BindFooterProps) {
  const { t } = useText(filingWords);
  return (
    <div className="row" style={{ justifyContent: 'flex-end' }}>
      <Button onClick={onClose}>{t.app.cancel}</Button>
      <Button type="primary" htmlType="submit" form={formId} loading={binding}>
        {t.filing.bindSubmit}
      </Button>
    </div>
  );
}
