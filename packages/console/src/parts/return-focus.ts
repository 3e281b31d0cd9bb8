/** What is gone once it is closed: where the focus was before it, somebody goes on. */
const passing = '[role=dialog], .ant-dropdown, [popover]';

/**
 * Gives the focus back to what opened a dialog when that is taken off the page, and to the page itself where the opener is gone
 * as well. Whoever uses a keyboard or hears the page would begin at its top again.
 * @returns ends it
 */
export function returnFocus(): () => void {
  let opener: HTMLElement | null = null;
  let isInDialog = false;
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    isInDialog = target.closest('[role=dialog]') !== null;
    if (target.closest(passing) === null) opener = target;
  };
  // Dialogs have a place of their own below the body, which is empty by the time it is taken away.
  const observer = new MutationObserver(() => {
    if (!isInDialog || document.activeElement !== document.body || document.querySelector('[role=dialog]')) return;
    isInDialog = false;
    const target = opener?.isConnected === true ? opener : document.getElementById('main');
    target?.focus({ preventScroll: true });
  });
  document.addEventListener('focusin', onFocus);
  observer.observe(document.body, { childList: true });
  return () => {
    document.removeEventListener('focusin', onFocus);
    observer.disconnect();
  };
}
