/** HTML that needs no escaping any more. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Markup | readonly Markup[];

/** Builds HTML: what is filled in is escaped, unless it is HTML itself. */
export function html(literal: TemplateStringsArray, ...filled: readonly Piece[]): Markup {
  const parts = filled.map((piece, index) => textOf(piece) + (literal[index + 1] ?? ''));
  return new Markup((literal[0] ?? '') + parts.join(''));
}

export const nothing = new Markup('');

function textOf(piece: Piece): string {
  if (piece instanceof Markup) return piece.text;
  if (typeof piece === 'object') return piece.map(({ text }) => text).join('');
  return String(piece).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** An id that may stand in an address behind `#`. */
export const anchorOf = (...parts: readonly string[]): string =>
  parts.map((part) => part.replace(/[^\w.-]+/g, '-').replace(/^-|-$/g, '')).join('-');
