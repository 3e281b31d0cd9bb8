import { fsyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** The part of Emscripten's NODEFS that is patched: an open file's stream carries its descriptor as `nfd`. */
interface EmscriptenModule {
  FS: {
    filesystems: { NODEFS: { stream_ops: { fsync?: (stream: { nfd?: number }) => number } } };
    ErrnoError: new (errno: number) => Error;
  };
}

/** EIO in Emscripten's numbers. */
const ioError = 29;

/**
 * The embedded database's files, with a real fsync.
 *
 * As delivered, PGlite acknowledges commits that are nowhere but in the page cache: it starts PostgreSQL with `-F`
 * (fsync off), and Emscripten's NODEFS has no `fsync` stream operation, so that even without `-F` the call does nothing.
 * Both have to be replaced; `startParams` is the other half. See docs/adr/0002-store.md.
 */
export class DurableNodeFS extends NodeFS {
  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const prepared = await super.init(...args);
    const before = prepared.emscriptenOpts.preRun ?? [];
    const addFsync = (module: unknown): void => {
      // What Emscripten hands to preRun; the library types it as unknown.
      const { FS } = module as EmscriptenModule;
      FS.filesystems.NODEFS.stream_ops.fsync = (stream) => {
        try {
          if (stream.nfd !== undefined) fsyncSync(stream.nfd);
        } catch {
          // PostgreSQL panics on it, as it must; any other kind of error would be lost in between, and the commit with it.
          throw new FS.ErrnoError(ioError);
        }
        return 0;
      };
    };
    const preRun = [...(Array.isArray(before) ? before : [before]), addFsync] as typeof before;
    return { ...prepared, emscriptenOpts: { ...prepared.emscriptenOpts, preRun } };
  }
}

/**
 * PostgreSQL's own 128 MB of shared buffers are zeroed page by page at every start, so that all of them are resident for
 * good: 0.2 s of a processor and 110 MB more than with these 16 MB, at the same rate of queries.
 */
const sharedBuffers = ['-c', 'shared_buffers=16MB'];

/** PGlite's own start parameters, for what is kept in memory. */
export function startParams(): string[] {
  return [...PGlite.defaultStartParams, ...sharedBuffers];
}

/** The same without `-F`, and every commit forced to the file. */
export function durableStartParams(): string[] {
  const kept = startParams().filter((parameter) => parameter !== '-F');
  return [...kept, '-c', 'fsync=on', '-c', 'synchronous_commit=on', '-c', 'wal_sync_method=fsync'];
}
