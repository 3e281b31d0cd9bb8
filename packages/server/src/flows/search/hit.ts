type Text = { readonly zh: string; readonly en: string };

export interface Hit {
  readonly id: string;
  readonly title: string;
  readonly detail: Text;
  readonly accountId: string | null;
  readonly match: 'whole' | 'start' | 'part';
}

/** The best first. */
export const matches = ['whole', 'start', 'part'] as const satisfies readonly Hit['match'][];

/** How the texts by which something goes meet what is looked for; in any of its spellings, in any case of letters. */
export function matchOf(texts: readonly (string | null | undefined)[], asked: readonly string[]): Hit['match'] {
  const lowered = texts.flatMap((text) => (text ? [text.toLowerCase()] : []));
  const wanted = asked.map((text) => text.toLowerCase());
  if (lowered.some((text) => wanted.includes(text))) return 'whole';
  return lowered.some((text) => wanted.some((one) => text.startsWith(one))) ? 'start' : 'part';
}

/** What there is of it, in one line; the same in both languages where it is no word. */
export function lineOf(...parts: readonly (Text | string | null)[]): Text {
  const given = parts.filter((part) => part !== null && part !== '');
  const line = (language: keyof Text) =>
    given.map((part) => (typeof part === 'string' ? part : (part?.[language] ?? ''))).join(' · ');
  return { zh: line('zh'), en: line('en') };
}
