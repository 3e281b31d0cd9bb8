import { type FaultPlace, mostPlaces, pathText } from '@openbeian/model/fault';

/** A list or an object on the way through an input; the path is built only when something is reported. */
interface Opened {
  /** Null: a list. */
  readonly keys: readonly string[] | null;
  readonly values: Readonly<Record<string, unknown>> | readonly unknown[];
  readonly length: number;
  /** Which of them is looked at. */
  at: number;
}

interface FoundPlaces {
  readonly places: readonly FaultPlace[];
  readonly count: number;
}

/**
 * Text that the database cannot keep: NUL characters, and halves of characters outside the basic plane (lone surrogates),
 * which are no text in UTF-8; the two characters that mark sealed words. Also members named `toString` that are no functions, as in all JSON: wherever such an object is
 * compared or put into a text, JavaScript throws. Found here, where the place can be named; the first `mostPlaces`, and how many
 * there are.
 */
export function findUnstorableText(root: unknown, within: string): FoundPlaces {
  const places: FaultPlace[] = [];
  let count = 0;
  const open: Opened[] = [];
  const note = (expectation: Expectation | null) => {
    if (expectation === null) return;
    count += 1;
    if (places.length < mostPlaces) places.push({ path: pathText(pathOf(within, open)), ...expectation });
  };
  // One entry for each list or object that is open, none for their values: an input has up to millions of them.
  const enter = (value: unknown) => {
    if (typeof value === 'string') return note(expectedOf(value));
    const inside = openedOf(value);
    if (inside !== null) open.push(inside);
  };
  enter(root);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    top.at += 1;
    if (top.at === top.length) open.pop();
    else if (top.keys === null) enter((top.values as readonly unknown[])[top.at]);
    else {
      const key = top.keys[top.at] ?? '';
      note(key === 'toString' ? unknownKey : expectedOf(key));
      // Of an object, since it has keys.
      enter((top.values as Readonly<Record<string, unknown>>)[key]);
    }
  }
  return { places, count };
}

function openedOf(value: unknown): Opened | null {
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) return { keys: null, values: value, length: value.length, at: -1 };
  const keys = Object.keys(value);
  // An object, as JSON has them.
  return { keys, values: value as Readonly<Record<string, unknown>>, length: keys.length, at: -1 };
}

const pathOf = (within: string, open: readonly Opened[]): (string | number)[] => [
  within,
  ...open.map(({ keys, at }) => keys?.[at] ?? at),
];

type Expectation = Omit<FaultPlace, 'path'>;

const unknownKey = { expected: 'unknown key, remove it', expectedZh: '不支持的字段，请删除' };

/** Around the marks that stand for sealed words in what is stored: who could write them would be shown the words. */
const marks = /[\ue000\ue001]/;

function expectedOf(text: string): Omit<FaultPlace, 'path'> | null {
  if (text.includes('\u0000')) return { expected: 'text without NUL characters', expectedZh: '不应含有 NUL 字符' };
  if (marks.test(text))
    return { expected: 'text without the characters U+E000 and U+E001', expectedZh: '不应含有字符 U+E000 和 U+E001' };
  if (!text.isWellFormed()) return { expected: 'well-formed Unicode text', expectedZh: '应为完整的 Unicode 字符' };
  return null;
}
