import type { Blobs } from '../../ports/index.ts';

/** For deployments that keep everything in memory. */
export class MemoryBlobs implements Blobs {
  readonly #kept = new Map<string, Uint8Array>();

  async put(name: string, bytes: Uint8Array): Promise<void> {
    this.#kept.set(name, new Uint8Array(bytes));
  }

  async get(name: string): Promise<Uint8Array | null> {
    return this.#kept.get(name) ?? null;
  }

  async delete(name: string): Promise<void> {
    this.#kept.delete(name);
  }
}
