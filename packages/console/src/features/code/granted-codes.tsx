import { Alert, Radio } from 'antd';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { PageTurner, usePages } from '../../parts/page-turner.tsx';
import { ClippedNote } from './clipped-note.tsx';
import { codeWords } from './words.ts';

interface GrantedCodesProps {
  readonly value: string | null;
  readonly onChange: (codeId: string) => void;
}

/** Chooses one of the unused codes that were granted to the account. */
export function GrantedCodes({ value, onChange }: GrantedCodesProps) {
  const { t, day } = useText(codeWords);
  const pages = usePages();
  const codes = useAnswer('listCodes', { query: { side: 'granted', state: 'unused', limit: 20, ...pages.query } });
  return (
    <Loaded query={codes}>
      {({ codes: rows, next }) => (
        <>
          {rows.length === 0 && <Alert type="info" showIcon title={t.code.emptyGranted} />}
          <Radio.Group value={value} onChange={({ target }) => onChange(target.value)} className="choices">
            {rows.map((row) => (
              <div key={row.id} className="choice">
                <Radio value={row.id}>
                  <span className="mono">•••• {row.tail}</span>{' '}
                  <span className="soft">
                    {t.code.issuer} <AccountName id={row.issuerAccountId} />
                  </span>
                </Radio>
                <span className="faint">
                  <ClippedNote note={row.note} /> {t.code.usableUntil} {day(row.usableUntil)}
                </span>
              </div>
            ))}
          </Radio.Group>
          <PageTurner pages={pages} next={next} />
        </>
      )}
    </Loaded>
  );
}
