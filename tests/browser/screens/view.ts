import type { Page } from 'playwright-core';

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** A desk and a phone. */
export const widths = [1440, 390] as const;
type Width = (typeof widths)[number];

/** One screen, or a dialog of it, as one person sees it. */
export interface View {
  readonly page: Page;
  /** Of the screen or the dialog. */
  readonly name: string;
  readonly isDialog: boolean;
  readonly language: Language;
  readonly width: Width;
  /** Selects what differs from run to run. */
  readonly unsteady: string | null;
}

/** What may be wrong in a view, in lines. */
export type Check = (view: View) => Promise<readonly string[]>;
