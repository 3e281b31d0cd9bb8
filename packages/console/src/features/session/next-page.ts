/** Where to go after signing in: a path of this console, never another site's address. */
export function nextPage(wanted: string | null): string {
  if (wanted === null || !/^\/(?![/\\])/.test(wanted) || wanted.startsWith('/sign-in')) return '/';
  return wanted;
}
