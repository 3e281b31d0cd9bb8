/** In which build of the console this page began; null for sources that are served as they are (`npx vite`). */
export const ownBuild = (): string | null =>
  document.querySelector<HTMLMetaElement>('meta[name="openbeian-build"]')?.content ?? null;

/** Which build the server has now; null when it cannot be reached, or does not say. */
export async function servedBuild(): Promise<string | null> {
  try {
    const answer = await fetch('/', { cache: 'no-cache', headers: { accept: 'text/html' } });
    return /name="openbeian-build" content="([^"]+)"/.exec(await answer.text())?.[1] ?? null;
  } catch {
    return null;
  }
}

const reloadedKey = 'openbeian.reloadedFor';

/** May the page be loaded again for this build? Once: where two servers have different builds it would go on for ever. */
export function mayReloadFor(build: string): boolean {
  try {
    if (sessionStorage.getItem(reloadedKey) === build) return false;
    sessionStorage.setItem(reloadedKey, build);
    return true;
  } catch {
    return false;
  }
}
