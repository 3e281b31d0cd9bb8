import type { ReactNode } from 'react';

/** A column of a list. */
export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  readonly render: (row: Row) => ReactNode;
  /** Left out of the list unless somebody wants it; a list with a name has a place to say so. */
  readonly isExtra?: boolean;
  /** What an exported file has of it; left out: it has no such column. */
  readonly text?: (row: Row) => string | number | null;
  /** Of the table's column, in pixels. */
  readonly width?: number;
  /** `title` heads the row's card on a phone, `state` is beside it, `actions` below it, `wide` is left out there. */
  readonly onCard?: 'title' | 'state' | 'actions' | 'wide';
}
