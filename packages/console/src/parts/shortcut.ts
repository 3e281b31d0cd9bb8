export interface Shortcut {
  /** As `KeyboardEvent.key`, letters in lower case; several for one action are each listed, also those with Ctrl that are listened for elsewhere. */
  readonly keys: readonly string[];
  readonly label: string;
  readonly run: (key: string) => void;
}
