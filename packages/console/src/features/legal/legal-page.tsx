import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';

/** The provider's terms or privacy policy, as it wrote them. */
export function LegalPage({ which }: { readonly which: 'terms' | 'privacy' }) {
  const { t, pick } = useText();
  const deployment = useAnswer('getDeployment', {});
  return (
    <Page title={t.app[which]}>
      <Panel>
        <Loaded query={deployment}>
          {({ look }) => {
            const text = look[which]?.text;
            if (!text) return <Empty title={t.error.notFoundTitle} />;
            return (
              <div className="legal">
                {pick(text)
                  .split(/\n\s*\n/)
                  .map((paragraph) => (
                    <p key={paragraph}>{paragraph}</p>
                  ))}
              </div>
            );
          }}
        </Loaded>
      </Panel>
    </Page>
  );
}

export const TermsPage = () => <LegalPage which="terms" />;
export const PrivacyPage = () => <LegalPage which="privacy" />;
