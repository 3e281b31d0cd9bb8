import { columnWords } from '../words.ts';
import type { LineReader, LineReading } from './line.ts';
import { hostOfUrl, isBlank } from './values.ts';

/** A name or URL, perhaps quoted, behind a bullet or before a comment or further cells. */
const entry =
  /^(?:[-*•][ \t]+|\d{1,7}[.)][ \t]+)?["']?([^\s,;"'#|]+)["']?(?:[ \t]*[,;|\t].*|[ \t]+(?:#|\/\/|;|--).*|[ \t]*#.*|[ \t]*)$/;
const comment = /^(?:#|\/\/|;|--)/;

/** A list of names, one a line: as exported from a registrar, or made by hand. */
export const listReader: LineReader = { format: 'list', host: columnWords.wholeLine, others: [], read: readEntry };

function readEntry(line: string): LineReading {
  const text = line.trim();
  if (comment.test(text)) return 'heading';
  const written = entry.exec(text)?.[1];
  if (written === undefined || written.startsWith('{') || written.startsWith('[{')) return undefined;
  // Bytes of a program's, or of an encoding that is not known, are no names.
  if (/[\p{Cc}\uFFFD]/u.test(written)) return undefined;
  if (isBlank(written)) return null;
  const host = hostOfUrl(written) ?? written.replace(/^\*\./, '').replace(/^([^/]+)\/.*$/, '$1');
  return { host, bytes: 0, atMs: null };
}
