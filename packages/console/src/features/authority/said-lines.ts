import { authorityWords } from './words.ts';

type SaidName = keyof typeof authorityWords.line.saidNames;

export interface SaidLine {
  readonly name: SaidName;
  readonly text: string;
}

type Language = 'zh' | 'en';
type Fields = Readonly<Record<string, unknown>>;

/** A file has up to 1,000 records; whoever needs more than this opens the content. */
const mostLines = 10;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isName = (name: string): name is SaidName => Object.hasOwn(authorityWords.line.saidNames, name);

/** What a case is about, out of its content: names of domains, numbers, days and what the authority said, in its order. */
export function saidLines(content: unknown, language: Language): readonly SaidLine[] {
  return linesIn(content, '', language).slice(0, mostLines);
}

function linesIn(value: unknown, name: string, language: Language): readonly SaidLine[] {
  if (Array.isArray(value)) return value.flatMap((one) => linesIn(one, name, language));
  if (isRecord(value)) {
    const text = textOf(value, language);
    if (isName(name) && text !== null) return [{ name, text }];
    return Object.entries(value).flatMap(([key, one]) => linesIn(one, key, language));
  }
  if (!isName(name) || (typeof value !== 'string' && typeof value !== 'number') || value === '') return [];
  return [{ name, text: foundText(name, String(value), language) }];
}

/** A code with its words, and the authority’s own where they are others; or words in both languages. */
function textOf(from: Fields, language: Language): string | null {
  const { code, said, zh, [language]: words } = from;
  if (typeof words !== 'string') return null;
  const numbered = typeof code === 'number' ? `${code} ${words}` : words;
  return typeof said === 'string' && said !== zh ? `${numbered} · ${said}` : numbered;
}

function foundText(name: SaidName, text: string, language: Language): string {
  if (name !== 'found') return text;
  const texts: Readonly<Record<string, Readonly<Record<Language, string>>>> = authorityWords.line.founds;
  return texts[text]?.[language] ?? text;
}
