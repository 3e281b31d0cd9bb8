/** As many as a browser keeps in a file without trouble. */
export const mostExported = 100_000;

export interface ReadPage<Row> {
  (after: string | undefined): Promise<{ readonly rows: readonly Row[]; readonly next: string | null }>;
}

export interface Reading {
  /** Told how many rows there are so far. */
  readonly onProgress?: (count: number) => void;
  readonly signal?: AbortSignal;
  readonly most?: number;
}

/**
 * All rows of a list, page after page, and whether there are more than are taken.
 * @throws what reading a page throws, and the signal's reason once it is aborted
 */
export async function readAll<Row>(
  read: ReadPage<Row>,
  { onProgress, signal, most = mostExported }: Reading = {},
): Promise<{ readonly rows: readonly Row[]; readonly isCut: boolean }> {
  const rows: Row[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await read(after);
    signal?.throwIfAborted();
    rows.push(...page.rows);
    after = page.next;
    onProgress?.(rows.length);
    if (rows.length >= most) return { rows: rows.slice(0, most), isCut: rows.length > most || after !== null };
  }
  return { rows, isCut: false };
}
