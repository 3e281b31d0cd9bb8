import { Link } from 'react-router';
import type { AnswerOf } from '../api/client.ts';
import { useText } from '../language/language.tsx';

/** The provider's links, legal texts and whom to ask, where it has set some. */
export function PageFoot({ look }: { readonly look: AnswerOf<'getDeployment'>['look'] }) {
  const { t, pick } = useText();
  const { links, support, terms, privacy } = look;
  return (
    <footer className="page-foot">
      {links.map(({ text, url }) => (
        <Outward key={url} url={url} label={pick(text)} />
      ))}
      {terms && <Outward url={terms.url} label={t.app.terms} inside="/terms" />}
      {privacy && <Outward url={privacy.url} label={t.app.privacy} inside="/privacy" />}
      {support && <Outward url={support.url} label={pick(support.text)} />}
    </footer>
  );
}

interface OutwardProps {
  readonly url: string | null;
  readonly label: string;
  /** The page of the console that has it where there is no URL. */
  readonly inside?: string;
}

function Outward({ url, label, inside }: OutwardProps) {
  if (url !== null)
    return (
      <a href={url} rel="noreferrer" {...(url.startsWith('https:') && { target: '_blank' })}>
        {label}
      </a>
    );
  return inside ? <Link to={inside}>{label}</Link> : <span>{label}</span>;
}
