import type { Route } from '../../api/shapes.ts';
import type { BothTexts } from '../../language/words.ts';

/** The steps that carry a text in both languages; the contract leaves their other parts open. */
export function stepsOf(route: Pick<Route, 'steps'>): BothTexts[] {
  return route.steps.flatMap((step) => {
    if (typeof step !== 'object' || step === null) return [];
    // Looked at below before it is believed.
    const { zh, en } = step as Partial<BothTexts>;
    return typeof zh === 'string' && typeof en === 'string' ? [{ zh, en }] : [];
  });
}
