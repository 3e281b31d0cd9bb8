import type { ThemeConfig } from 'antd';
// By its place: `theme` of the library would bring every algorithm there is.
import darkModule from 'antd/es/theme/themes/dark/index.js';
import type { Theme } from '../parts/theme-choice.ts';

// It says it is CommonJS and is not: what types call `.default` is the bundler's default itself (as of locales in themed.tsx).
const darkAlgorithm = darkModule as unknown as (typeof darkModule)['default'];

/** Only fonts that the person's system has: the console loads nothing from the network. */
const sans =
  'system-ui, -apple-system, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Segoe UI", sans-serif';
const mono =
  'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace';

/** The component library's names for colours, by ours in `tokens.css`. */
const colours = {
  colorPrimary: 'brand-fill',
  colorPrimaryHover: 'brand-fill-strong',
  colorPrimaryActive: 'brand-fill',
  colorPrimaryText: 'brand',
  colorPrimaryTextHover: 'brand-strong',
  colorPrimaryTextActive: 'brand',
  colorPrimaryBg: 'brand-wash',
  colorPrimaryBgHover: 'brand-wash',
  colorPrimaryBorder: 'brand',
  colorPrimaryBorderHover: 'brand',
  controlItemBgActive: 'brand-wash',
  controlItemBgActiveHover: 'brand-wash',
  controlOutline: 'glow',
  colorLink: 'brand',
  colorLinkHover: 'brand-strong',
  colorLinkActive: 'brand',
  colorInfo: 'info',
  colorInfoBg: 'info-wash',
  colorInfoBorder: 'info-line',
  colorSuccess: 'good',
  colorSuccessBg: 'good-wash',
  colorSuccessBorder: 'good-line',
  colorWarning: 'warn',
  colorWarningBg: 'warn-wash',
  colorWarningBorder: 'warn-line',
  colorError: 'bad',
  colorErrorHover: 'bad',
  colorErrorText: 'bad',
  colorErrorTextHover: 'bad',
  colorErrorBg: 'bad-wash',
  colorErrorBorder: 'bad-line',
  colorTextBase: 'ink',
  colorText: 'ink',
  colorTextHeading: 'ink',
  colorTextSecondary: 'ink-soft',
  colorTextDescription: 'ink-faint',
  colorTextTertiary: 'ink-faint',
  colorTextPlaceholder: 'ink-faint',
  colorIcon: 'ink-soft',
  colorBorder: 'line-strong',
  colorBorderSecondary: 'line',
  colorSplit: 'line',
  colorBgBase: 'paper',
  colorBgContainer: 'paper',
  colorBgElevated: 'raised',
  colorBgLayout: 'ground',
  colorBgSpotlight: 'tip',
} as const;

type Colours = Partial<Record<string, string>>;

/** The values of our colours as they are in view, under other names. Where there is no style sheet, there are none. */
function shownColours(names: Readonly<Record<string, string>>): Colours {
  const style = getComputedStyle(document.documentElement);
  const values = Object.entries(names).map(([theirs, ours]) => [theirs, style.getPropertyValue(`--${ours}`).trim()]);
  return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

/** Fields are told from their ground by their edge. */
const field = { colorBorder: 'field-line' };

/** The component library in the colours of `tokens.css`. */
export function themeOf(shown: Theme): ThemeConfig {
  const given = shownColours(colours);
  return {
    // The library would dim what it is given; ours are dark ones already.
    ...(shown === 'dark' && { algorithm: (seed) => ({ ...darkAlgorithm(seed), ...given }) }),
    token: {
      ...given,
      borderRadius: 6,
      borderRadiusLG: 10,
      fontSize: 14,
      controlHeight: 36,
      fontFamily: sans,
      fontFamilyCode: mono,
      boxShadowSecondary: '0 10px 34px var(--shade), 0 2px 8px var(--shade)',
      // Nothing moves: a spinner whose way out was interrupted stayed on its button.
      motion: false,
    },
    components: componentsOf(),
  };
}

/** Where a part of the library has colours of its own. */
function componentsOf(): NonNullable<ThemeConfig['components']> {
  const edge = shownColours(field);
  return {
    Table: {
      headerBg: 'transparent',
      headerSplitColor: 'transparent',
      cellPaddingBlock: 14,
      ...shownColours({ headerColor: 'ink-soft' }),
    },
    Form: { verticalLabelPadding: '0 0 6px', itemMarginBottom: 22 },
    Tabs: {
      horizontalMargin: '0 0 16px 0',
      ...shownColours({
        itemSelectedColor: 'brand',
        itemHoverColor: 'brand-strong',
        itemActiveColor: 'brand',
        inkBarColor: 'brand',
      }),
    },
    Button: {
      primaryShadow: 'none',
      defaultShadow: 'none',
      dangerShadow: 'none',
      ...shownColours({
        dangerColor: 'on-bad',
        defaultHoverColor: 'brand-strong',
        defaultHoverBorderColor: 'brand-strong',
        defaultActiveColor: 'brand',
        defaultActiveBorderColor: 'brand',
      }),
    },
    Input: edge,
    InputNumber: edge,
    Select: edge,
    DatePicker: edge,
    Checkbox: edge,
    Radio: edge,
    Segmented: shownColours({
      trackBg: 'track',
      itemSelectedBg: 'raised',
      itemColor: 'ink-soft',
      itemSelectedColor: 'ink',
    }),
    Descriptions: { labelBg: 'transparent' },
  };
}
