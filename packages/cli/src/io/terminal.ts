/** What changes how a terminal shows what follows, or what was there: controls other than line end and tab, and marks of direction. */
const controls = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

const shown = (text: string): string =>
  text.replaceAll('\r\n', '\n').replace(controls, (sign) => {
    if (sign === '\n' || sign === '\t') return sign;
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

interface Output {
  readonly isTTY?: boolean | undefined;
  write: NodeJS.WriteStream['write'];
}

/**
 * What customers and visitors wrote (ids of resources, hosts in a log) is printed as text that a terminal shows, not obeys: an
 * escape sequence could rewrite the lines above or its title. Files and pipes get the bytes as they are, as of `ls`.
 */
export function protectTerminal(stream: Output): void {
  if (stream.isTTY !== true) return;
  const write = stream.write.bind(stream);
  // A character may be divided between two chunks of bytes.
  const decoder = new TextDecoder();
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const [done] = rest.filter((one): one is () => void => typeof one === 'function');
    return write(shown(text), done);
  };
}
