// Before anything is painted: the theme that was chosen here (parts/theme-choice.ts), or the system's. A file of its own,
// since the content security policy lets no script stand in the page.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const show = () => {
    let chosen = null;
    try {
      chosen = localStorage.getItem('openbeian.theme');
    } catch {
      // A browser that keeps nothing follows the system.
    }
    const root = document.documentElement;
    root.dataset.theme = chosen === 'dark' || chosen === 'light' ? chosen : dark.matches ? 'dark' : 'light';
    root.style.colorScheme = root.dataset.theme;
  };
  show();
  dark.addEventListener('change', show);
  addEventListener('storage', show);
})();
