import type { ThemeConfig } from 'antd';

/** Only fonts that the person's system has: the console loads nothing from the network. */
const sans =
  'system-ui, -apple-system, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Segoe UI", sans-serif';
const mono =
  'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace';

/** The colours are also in `console.css` as custom properties; text on them keeps at least 4.5 : 1. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#14606b',
    colorInfo: '#2b6391',
    colorSuccess: '#27774b',
    colorWarning: '#a65f00',
    colorError: '#b0342a',
    colorErrorBg: '#fcecea',
    colorErrorBorder: '#eebfba',
    colorWarningBg: '#fdf3e0',
    colorWarningBorder: '#ecd3a3',
    colorSuccessBg: '#e7f4ec',
    colorSuccessBorder: '#b9dcc7',
    colorInfoBg: '#e8f0f8',
    colorInfoBorder: '#bcd3e6',
    colorTextBase: '#1a2a2f',
    colorTextSecondary: '#526168',
    colorTextTertiary: '#65747b',
    colorTextPlaceholder: '#6b777e',
    colorBorder: '#ccd5d3',
    colorBorderSecondary: '#e1e7e5',
    colorBgLayout: '#f3f5f4',
    colorLink: '#14606b',
    colorLinkHover: '#1d7f8c',
    borderRadius: 6,
    borderRadiusLG: 10,
    fontSize: 14,
    controlHeight: 36,
    fontFamily: sans,
    fontFamilyCode: mono,
    boxShadowSecondary: '0 10px 34px rgb(20 45 50 / 14%), 0 2px 8px rgb(20 45 50 / 7%)',
    // Nothing moves: a spinner whose way out was interrupted stayed on its button.
    motion: false,
  },
  components: {
    Table: { headerBg: 'transparent', headerColor: '#526168', headerSplitColor: 'transparent', cellPaddingBlock: 14 },
    Form: { verticalLabelPadding: '0 0 6px', itemMarginBottom: 22 },
    Tabs: { horizontalMargin: '0 0 16px 0' },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Descriptions: { labelBg: 'transparent' },
  },
};
