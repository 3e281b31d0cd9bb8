import { InfoCircleOutlined } from '@ant-design/icons';
import { useId, useState } from 'react';
import { useText } from '../language/language.tsx';
import { CopyButton } from './copy-button.tsx';
import './particulars.css';

interface ParticularsProps {
  /** The id of the rule or reason. */
  readonly code: string;
  /** Labels of the sources that it comes from. */
  readonly source?: string | null | undefined;
  /** The day that the source is of. */
  readonly asOf?: string | null | undefined;
}

/** What programs and operators know a reason by: behind a button, since it tells customers nothing, and copied whole. */
export function Particulars({ code, source, asOf }: ParticularsProps) {
  const { t } = useText();
  const [shown, setShown] = useState(false);
  const id = useId();
  const parts = [...(source ? [`${t.app.source} ${source}`] : []), ...(asOf ? [asOf] : [])];
  return (
    <span className="particulars">
      <button
        type="button"
        aria-expanded={shown}
        aria-controls={id}
        aria-label={`${t.part.particulars} (${code})`}
        title={t.part.particulars}
        onClick={() => setShown(!shown)}
      >
        <InfoCircleOutlined aria-hidden="true" />
      </button>
      {shown && (
        <span id={id}>
          <span className="mono">{code}</span>
          {parts.map((part) => ` · ${part}`)}
          <CopyButton text={[code, ...parts].join(' · ')} />
        </span>
      )}
    </span>
  );
}
