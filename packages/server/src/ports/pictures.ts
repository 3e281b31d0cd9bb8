import type { PictureDefect, PictureFacts } from '@openbeian/model/materials';

/** What is to be seen of a picture, and what is to be made of it. */
export interface PictureTask {
  readonly bytes: Uint8Array;
  /** A picture of more is not decoded. */
  readonly mostPixels: number;
  /** How large the authority's copy may be. */
  readonly copyBytes: number;
}

/** A decoded picture: what was measured, and the authority's copy, a JPEG without any metadata. */
export interface SeenPicture {
  readonly facts: PictureFacts;
  readonly copy: Uint8Array;
}

/** Looks at pictures that customers send: they are not trusted, and never decoded in the process that answers requests. */
export interface Pictures {
  /**
   * @param caller whose tasks are bounded together
   * @throws Fault `server.busy` when too many wait, or this one takes too long or too much memory
   */
  look(task: PictureTask, caller: string): Promise<SeenPicture | PictureDefect>;
}
