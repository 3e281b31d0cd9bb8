/** One column of a line of text, without the quotes or brackets around it. */
export interface Token {
  readonly text: string;
  readonly form: 'bare' | 'quoted' | 'bracket' | 'brace';
}

const forms: Readonly<Record<Token['form'], readonly [before: string, inside: string, after: string]>> = {
  bare: ['', '[^\\s"[{][^\\s"]*', ''],
  quoted: ['"', '(?:[^"\\\\]|\\\\.)*', '"'],
  bracket: ['\\[', '[^\\]]*', '\\]'],
  brace: ['\\{', '[^}]*', '\\}'],
};

/**
 * One expression that captures the columns asked for, in their order, where all rows have columns of the same forms up to the
 * last of them; null otherwise. Cutting the whole line takes four times as long.
 */
export function columnExpression(rows: readonly (readonly Token[])[], wanted: readonly number[]): RegExp | null {
  const last = Math.max(...wanted);
  let source = '^\\s*';
  let before: Token['form'] | null = null;
  for (let index = 0; index <= last; index++) {
    const form = rows[0]?.[index]?.form;
    if (form === undefined || rows.some((row) => row[index]?.form !== form)) return null;
    const [opening, inside, closing] = forms[form];
    if (before !== null) source += before === 'bare' && form === 'bare' ? '\\s+' : '\\s*';
    source += wanted.includes(index) ? `${opening}(${inside})${closing}` : opening + inside + closing;
    before = form;
  }
  return new RegExp(source);
}
