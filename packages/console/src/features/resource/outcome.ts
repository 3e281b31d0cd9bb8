import type { Decision } from '../../api/shapes.ts';
import type { Tone } from '../../parts/state.tsx';

export const outcomeTone: Readonly<Record<Decision['outcome'], Tone>> = {
  eligible: 'good',
  ineligible: 'bad',
  not_required: 'quiet',
  not_applicable: 'quiet',
  indeterminate: 'warn',
};
