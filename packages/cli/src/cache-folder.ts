import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A folder for what this user's processes run, made for its owner alone when missing: whoever may write there has his code run.
 * @returns its path; null where it cannot be made, belongs to somebody else but root, or group or others may write it
 */
export function ownCacheFolder(path: string): string | null {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
    const { uid, mode } = statSync(path);
    const self = process.geteuid?.();
    // Windows has neither users by number nor modes.
    if (self === undefined) return path;
    return (uid === self || uid === 0) && (mode & 0o022) === 0 ? path : null;
  } catch {
    return null;
  }
}
