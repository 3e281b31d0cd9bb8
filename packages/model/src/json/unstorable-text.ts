import { type FaultPlace, mostPlaces, pathText } from '@openbeian/model/fault';

/** A value on the way through an input; its path is built only when it is reported. */
interface Visit {
  readonly value: unknown;
  readonly key: string | number;
  readonly above: Visit | null;
}

interface FoundPlaces {
  readonly places: readonly FaultPlace[];
  readonly count: number;
}

/**
 * Text that the database cannot keep: NUL characters, and halves of characters outside the basic plane (lone surrogates),
 * which are no text in UTF-8. Also members named `toString` that are no functions, as in all JSON: wherever such an object is
 * compared or put into a text, JavaScript throws. Found here, where the place can be named; the first `mostPlaces`, and how many
 * there are.
 */
export function findUnstorableText(root: unknown, within: string): FoundPlaces {
  const places: FaultPlace[] = [];
  let count = 0;
  const note = (text: string, visit: Visit, isKey: boolean) => {
    const expectation = isKey && text === 'toString' ? unknownKey : expectedOf(text);
    if (expectation === null) return;
    count += 1;
    if (places.length < mostPlaces) places.push({ path: pathText(pathOf(visit)), ...expectation });
  };
  const open: Visit[] = [{ value: root, key: within, above: null }];
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const { value } = visit;
    if (typeof value === 'string') note(value, visit, false);
    else if (typeof value === 'object' && value !== null) {
      for (const inside of insideOf(value, visit, note)) open.push(inside);
    }
  }
  return { places, count };
}

/** What is inside, the last first: the stack gives it back in order. Keys are looked at on the way. */
function insideOf(value: object, above: Visit, note: (text: string, visit: Visit, isKey: boolean) => void): Visit[] {
  if (Array.isArray(value)) return value.map((one, key) => ({ value: one, key, above })).reverse();
  const visits = Object.entries(value).map(([key, one]) => ({ value: one, key, above }));
  for (const visit of visits) note(visit.key, visit, true);
  return visits.reverse();
}

function pathOf(visit: Visit): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Visit | null = visit; at !== null; at = at.above) path.push(at.key);
  return path.reverse();
}

const unknownKey = { expected: 'unknown key, remove it', expectedZh: '不支持的字段，请删除' };

function expectedOf(text: string): Omit<FaultPlace, 'path'> | null {
  if (text.includes('\u0000')) return { expected: 'text without NUL characters', expectedZh: '不应含有 NUL 字符' };
  if (!text.isWellFormed()) return { expected: 'well-formed Unicode text', expectedZh: '应为完整的 Unicode 字符' };
  return null;
}
