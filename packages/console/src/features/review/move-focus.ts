/** Moves the focus to the next (1) or previous (-1) of these elements, from where it is now; to the first one from elsewhere. */
export function moveFocus(selector: string, by: 1 | -1, from: ParentNode = document): void {
  const all = [...from.querySelectorAll<HTMLElement>(selector)].filter((one) => one.offsetParent !== null);
  const now = all.findIndex((one) => one.contains(document.activeElement));
  const next = now === -1 ? 0 : Math.min(all.length - 1, Math.max(0, now + by));
  all[next]?.focus();
  all[next]?.scrollIntoView({ block: 'nearest' });
}
