import type { DownloadToPack } from '@openbeian/authority-wire/v3';
import type { Line, Message } from './words.ts';

/** Something that a line's provider will be told in a download. */
export interface Notice {
  readonly messageId: string;
  /** `outcome`: what became of a submission; `part`: a part of a download as it is. */
  readonly what: { readonly outcome: Message } | { readonly part: DownloadToPack };
}

export interface MadeFile {
  readonly fileName: string;
  readonly document: DownloadToPack;
  readonly madeAt: string;
  acknowledgedAt: string | null;
}

interface TakenUpload {
  readonly sequence: number;
  /** Of the content, whatever the package's bytes. */
  readonly fingerprint: string;
  readonly records: number;
  readonly at: string;
}

/** What there is of one line. */
export interface LineState {
  readonly line: Line;
  lastSequence: number;
  readonly uploads: Map<number, TakenUpload>;
  /** What is in no file yet, in its order. */
  waiting: Notice[];
  /** Files that are not acknowledged, the oldest first. */
  readonly open: MadeFile[];
  /** The last ones that were, for whoever plays a repetition. */
  readonly acknowledged: MadeFile[];
  /** Names of all that were acknowledged. */
  readonly done: Set<string>;
  fileCount: number;
}

export const lineKey = ({ unit, province }: Line): string => `${unit}/${province}`;

export function lineOf(lines: Map<string, LineState>, line: Line): LineState {
  const known = lines.get(lineKey(line));
  if (known !== undefined) return known;
  const made: LineState = {
    line,
    lastSequence: 0,
    uploads: new Map(),
    waiting: [],
    open: [],
    acknowledged: [],
    done: new Set(),
    fileCount: 0,
  };
  lines.set(lineKey(line), made);
  return made;
}

const keptFiles = 16;

/** Puts what waits into a file. */
export function addFile(state: LineState, file: Omit<MadeFile, 'acknowledgedAt'>, messageIds: readonly string[]): void {
  const inside = new Set(messageIds);
  state.waiting = state.waiting.filter(({ messageId }) => !inside.has(messageId));
  state.open.push({ ...file, acknowledgedAt: null });
  state.fileCount += 1;
}

export function acknowledgeFile(state: LineState, fileName: string, at: string): void {
  const index = state.open.findIndex((file) => file.fileName === fileName);
  const [file] = index < 0 ? [] : state.open.splice(index, 1);
  state.done.add(fileName);
  if (file === undefined) return;
  file.acknowledgedAt = at;
  state.acknowledged.push(file);
  if (state.acknowledged.length > keptFiles) state.acknowledged.shift();
}
