/**
 * Where the bytes of materials are kept, sealed before they come here. Names are given once: nothing is ever written over.
 * Every method throws Fault `material.store_unavailable` when the place cannot be reached.
 */
export interface Blobs {
  /** Complete and durable when it returns; whoever dies before leaves nothing under that name, or all of it. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Null: there is nothing of that name. */
  get(name: string): Promise<Uint8Array | null>;
  /** Nothing happens where there is nothing of that name. */
  delete(name: string): Promise<void>;
}

/** What says whether a file is dangerous. */
export interface VirusScanner {
  /**
   * `not_scanned`: there is no scanner.
   * @throws Fault `material.scan_unavailable` when the scanner cannot be reached, or gives no answer
   */
  scan(bytes: Uint8Array): Promise<'clean' | 'not_scanned' | { readonly infected: string }>;
}
