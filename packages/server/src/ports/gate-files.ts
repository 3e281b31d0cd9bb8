import type { SnapshotAbout, SnapshotMoment } from '@openbeian/model/gate';
import type { GateEntriesTaker } from './gate-log.ts';

/** A binary snapshot that is ready to be handed to gates. */
export interface GateFile {
  readonly path: string;
  readonly bytes: number;
  readonly sequence: number;
  readonly mark: string;
  /** Records that no gate can use and that were left out, such as a website's under a public suffix. */
  readonly leftOut: number;
  /** Names whose record cannot be read, some of them: the file closes them. */
  readonly unreadable: readonly string[];
}

/** Builds binary snapshots (docs/gate-snapshot.md) away from the thread that answers requests. */
export interface GateFiles {
  /** The last one that was built; null before the first. */
  current(): GateFile | null;
  /**
   * Builds one; whoever asks while that goes on gets the same.
   * @param fill reads the records: it hands them over, from the start again whenever it begins, and answers what they are as of
   */
  build(
    about: Omit<SnapshotAbout, keyof SnapshotMoment>,
    fill: (begin: () => GateEntriesTaker) => Promise<SnapshotMoment>,
  ): Promise<GateFile>;
  /** Removes the files. */
  close(): Promise<void>;
}
