import type { Page } from 'playwright-core';

interface Shown {
  readonly page: Page;
  /** Selects what differs from run to run beside ids, codes and instants by the real clock. */
  readonly unsteady: string | null;
}

/**
 * Shows the page meanwhile without what differs from one run to the next: ids, the last characters of codes and instants by the real
 * clock, which sessions have, are zeros as wide as they, so that lines break where they did; what is unsteady is not seen; nothing
 * moves, and the pointer is on nothing.
 */
export async function withSteadyTexts<T>({ page, unsteady }: Shown, look: () => Promise<T>): Promise<T> {
  await page.mouse.move(0, 0);
  await page.evaluate(steady, { unsteady, realMs: Date.now() });
  try {
    return await look();
  } finally {
    await page.evaluate(undo);
  }
}

interface Undoing {
  steadied?: (() => void)[];
}

/** Runs in the page, as what follows. */
function steady({ unsteady, realMs }: { readonly unsteady: string | null; readonly realMs: number }): void {
  const undoings: (() => void)[] = [];
  const zeros = (text: string) => text.replaceAll(/[A-Za-z0-9]/g, '0');
  const isRecent = (text: string) => Math.abs(Date.parse(`${text.replace(' ', 'T')}:00+08:00`) - realMs) < 86_400_000;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const text = node;
    const said = text.nodeValue ?? '';
    const isTail = /•+ $/.test(text.previousSibling?.nodeValue ?? '');
    const steadied = (isTail ? zeros(said) : said)
      .replaceAll(/\b([a-z]{2,5}_)([0-9A-Z]{8,26})\b/g, (_, kind: string, id: string) => kind + zeros(id))
      .replaceAll(/(•+ )([0-9A-Z]{4})\b/g, (_, dots: string, tail: string) => dots + zeros(tail))
      .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, (at) => (isRecent(at) ? zeros(at) : at));
    if (steadied === said) continue;
    text.nodeValue = steadied;
    undoings.push(() => {
      if (text.nodeValue === steadied) text.nodeValue = said;
    });
  }
  const still = new CSSStyleSheet();
  const all = '*, ::before, ::after';
  still.replaceSync(
    `${all} { animation: none !important; transition: none !important; caret-color: transparent !important; }
    ${unsteady === null ? '' : `${unsteady} { visibility: hidden !important; }`}`,
  );
  const { adoptedStyleSheets } = document;
  document.adoptedStyleSheets = [...adoptedStyleSheets, still];
  undoings.push(() => {
    document.adoptedStyleSheets = adoptedStyleSheets;
  });
  (window as Undoing).steadied = undoings; // kept there for the function below
}

function undo(): void {
  for (const one of (window as Undoing).steadied ?? []) one(); // from the function above
}
