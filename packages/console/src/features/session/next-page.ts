/** Any: only whether an address leads away from it matters. */
const here = 'http://console.invalid';

/** Where to go after signing in: a path of this console, never another site's address. */
export function nextPage(wanted: string | null): string {
  if (wanted === null || !wanted.startsWith('/') || !URL.canParse(wanted, here)) return '/';
  // As browsers read it: they leave out tabs and line ends, and take a backslash for a slash.
  const { origin, pathname, search, hash } = new URL(wanted, here);
  if (origin !== here || pathname.startsWith('//') || pathname.startsWith('/sign-in')) return '/';
  return pathname + search + hash;
}
