import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What Vite writes of each file: which others come with it. */
interface Built {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

/**
 * The JavaScript that a browser fetches before a page is there, in bytes as they are sent (brotli): what the console begins with,
 * the given sources, and everything that those import at once.
 * @param folder a built console
 * @param sources from the package's root, e.g. `src/features/session/sign-in-page.tsx`
 */
export function pageBytes(folder: string, sources: readonly string[]): number {
  // Written by the bundler in this very build.
  const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8')) as Record<string, Built>;
  const begun = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  const needed = new Set<string>();
  const open = [...begun, ...sources];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const built = manifest[key];
    if (built === undefined) throw new Error(`the build has no ${key}`);
    if (needed.has(built.file)) continue;
    needed.add(built.file);
    open.push(...(built.imports ?? []));
  }
  return [...needed].reduce((sum, file) => sum + sentBytes(join(folder, file)), 0);
}

/** Small files are sent as they are. */
function sentBytes(path: string): number {
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
}
