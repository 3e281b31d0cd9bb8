import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { HelpLink } from './help-link.tsx';
import { useBrowserTitle } from './product.tsx';

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** Pages above this one, outermost first. */
  readonly crumbs?: readonly { readonly to: string; readonly label: string }[];
  readonly actions?: ReactNode;
  /** The help topic of this page, e.g. `page:codes`. */
  readonly topic?: string;
  /** Beside the title, e.g. a state. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

/** One page: its title (also the browser's), what it is for, its actions, its help. */
export function Page({ title, lead, crumbs = [], actions, topic, beside, children }: PageProps) {
  useBrowserTitle(title);
  return (
    <>
      <header className="page-head">
        <div>
          {crumbs.length > 0 && (
            <nav className="crumbs" aria-label={title}>
              {crumbs.map((crumb) => (
                <span key={crumb.to} className="row">
                  <Link to={crumb.to}>{crumb.label}</Link>
                  <span aria-hidden="true">/</span>
                </span>
              ))}
            </nav>
          )}
          <div className="row">
            <h1>{title}</h1>
            {beside}
            {topic && <HelpLink topic={topic} />}
          </div>
          {lead && <p className="lead">{lead}</p>}
        </div>
        {actions && <div className="actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}
