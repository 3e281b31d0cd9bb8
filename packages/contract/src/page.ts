import { z } from 'zod';

/** An opaque cursor; what it holds is the server's business and may change. */
export const cursorShape = z.string().min(1).max(4000).meta({
  description: '`next` of the page before; left out, the list begins at its start',
});

const limit = { most: 500, usual: 100 } as const;

/** What every list takes in its query. */
export const pageQuery = {
  after: cursorShape.optional(),
  limit: z.coerce.number().int().min(1).max(limit.most).default(limit.usual),
};

/** As `pageQuery`, for lists whose usual page is shorter. */
export const pageQueryOf = ({ most, usual }: { readonly most: number; readonly usual: number }) => ({
  after: cursorShape.optional(),
  limit: z.coerce.number().int().min(1).max(most).default(usual),
});

/** `after` of the next page. A page may be shorter than `limit` and still have a next one. */
export const nextShape = z.string().nullable().default(null).meta({
  description:
    '`after` of the next page; null on the last one. A page may be shorter than `limit` and still have a next',
});

/** Totals have operations of their own: a page has no total. */
export const totalShape = z.object({ total: z.number().int() });
