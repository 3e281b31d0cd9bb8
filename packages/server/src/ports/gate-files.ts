import type { SnapshotAbout } from '@openbeian/model/gate';

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
   * @param fill reads the records: it says what the file is about, then hands over pages of JSON lines
   */
  build(fill: (begin: (about: SnapshotAbout) => (lines: string) => Promise<void>) => Promise<void>): Promise<GateFile>;
  /** Removes the files. */
  close(): Promise<void>;
}
