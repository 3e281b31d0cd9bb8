import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { saidLines } from './said-lines.ts';
import { authorityWords } from './words.ts';

interface CaseSaidProps {
  readonly caseId: string;
  /** Of the filing that it is about. */
  readonly domainName: string | null;
}

/** What a case is about and what the authority said, masked: whoever decides has it before them. */
export function CaseSaid({ caseId, domainName }: CaseSaidProps) {
  const { t, language } = useText(authorityWords);
  const content = useAnswer('getAuthorityDocument', { params: { kind: 'case', documentId: caseId } });
  return (
    <Loaded query={content}>
      {(answer) => {
        const lines = saidLines(answer.content, language);
        const own = domainName ? [{ name: 'domainName' as const, text: domainName }] : [];
        const shown = [...own, ...lines.filter(({ text }) => text !== domainName)];
        if (shown.length === 0) return null;
        return (
          <ul className="soft" style={{ margin: '0 0 16px', paddingInlineStart: 18 }} aria-label={t.line.about}>
            {shown.map(({ name, text }, index) => (
              // The same may be said twice, of two records.
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines never move
              <li key={index} className="wrap">
                {t.app.labelled(t.line.saidNames[name], text)}
              </li>
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}
