import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Written by `scripts/ensure-installed.mjs` once it has installed something: when it began, in milliseconds. */
const noteOfInstallation = fileURLToPath(new URL('../../../../node_modules/.openbeian-begun', import.meta.url));
/** Older ones are of an installation after which something else came. */
const mostMs = 30 * 60_000;

/**
 * How long a start took until now, in whole seconds, with the installation right before it.
 * @param ownStartMs when this process began, in milliseconds since 1970
 */
export function startTook(nowMs: number, ownStartMs: number, note = noteOfInstallation) {
  const installedFrom = takeNote(note);
  const isFresh = installedFrom !== null && installedFrom <= ownStartMs && nowMs - installedFrom < mostMs;
  const fromMs = isFresh ? installedFrom : ownStartMs;
  return { seconds: Math.max(1, Math.round((nowMs - fromMs) / 1000)), withInstallation: isFresh };
}

/** It counts for one start. */
function takeNote(note: string): number | null {
  try {
    const written = Number(readFileSync(note, 'utf8'));
    rmSync(note, { force: true });
    return Number.isFinite(written) && written > 0 ? written : null;
  } catch {
    // None, or in a folder that cannot be written to: how long it took is no reason not to start.
    return null;
  }
}
