import type { FieldDefinition, Finding } from '../../api/shapes.ts';

/** What every field of a form is given, of whatever input. */
export interface FormFieldProps {
  readonly field: FieldDefinition;
  readonly value: unknown;
  /** What the server has; masked where it is personal. */
  readonly stored: unknown;
  /** Typed and not yet saved. */
  readonly typed: boolean;
  readonly findings: readonly Finding[];
  readonly advice: readonly Finding[];
  readonly onType: (value: unknown) => void;
  readonly onKeep: () => void;
  readonly onLeave: () => void;
}
