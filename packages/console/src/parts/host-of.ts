/** The host in what a person pasted: a whole address is taken apart, anything else is asked unchanged. */
export function hostOf(typed: string): string {
  const text = typed.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(text)?.[1];
  if (address !== undefined) return address.replace(/^[^@]*@/, '');
  return text.replace(/[/?#].*$/, '');
}
