import { type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title?: ReactNode;
  readonly beside?: ReactNode;
  /** At the right of the title. */
  readonly actions?: ReactNode;
  /** Lists run to the edges. */
  readonly flush?: boolean;
  /** By which links of the page lead here. */
  readonly anchor?: string;
  readonly children: ReactNode;
}

/** A titled part of a page. */
export function Panel({ title, beside, actions, flush = false, anchor, children }: PanelProps) {
  const id = useId();
  return (
    <section
      className={flush ? 'panel flush' : 'panel'}
      {...(title ? { 'aria-labelledby': id } : {})}
      {...(anchor === undefined ? {} : { id: anchor, tabIndex: -1, style: { scrollMarginTop: 72 } })}
    >
      {title && (
        <header>
          <h2 id={id}>{title}</h2>
          {beside}
          {actions && <div className="push row">{actions}</div>}
        </header>
      )}
      <div className="inner">{children}</div>
    </section>
  );
}
