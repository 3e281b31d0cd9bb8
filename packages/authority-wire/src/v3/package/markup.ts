import type { ReadLimits } from '../limits.ts';
import { unreadable } from '../troubles.ts';

/** Beginnings that end otherwise than with the next `>`. */
const ends: readonly (readonly [begin: string, end: string])[] = [
  ['<!--', '-->'],
  ['<?', '?>'],
];
const cdata = '<![CDATA[';
/** An envelope or an answer has a dozen elements, and a package in it is letters and digits. */
const mostPieces = 100_000;
const shortestLine = 32;

/**
 * Looks over an envelope or an answer before it is parsed: it may hold one long text, and so its other markup is bounded here. The parser
 * gathers a long comment or name, or a text of many entities, piece by piece, which takes thirty times the memory.
 * @throws Fault `authority.unreadable`
 */
export function refuseLongMarkup(text: string, { textLength }: ReadLimits): void {
  for (const piece of ['&', ']', '\t']) refuseMany(text, piece, mostPieces);
  // Base64 has its lines.
  for (const piece of ['\n', '\r']) refuseMany(text, piece, mostPieces + text.length / shortestLine);
  for (let at = text.indexOf('<'), seen = 0; at >= 0; seen += 1) {
    if (seen > mostPieces) throw unreadable('xml_too_many_elements');
    if (text.startsWith(cdata, at)) {
      at = nextAfter(text, text.indexOf(']]>', at));
      continue;
    }
    const [begin, end] = ends.find((each) => text.startsWith(each[0], at)) ?? ['<', '>'];
    const until = text.indexOf(end, at + begin.length);
    if ((until < 0 ? text.length : until) - at > textLength) throw unreadable('xml_text_too_long');
    at = nextAfter(text, until);
  }
}

const nextAfter = (text: string, place: number): number => (place < 0 ? -1 : text.indexOf('<', place));

function refuseMany(text: string, piece: string, most: number): void {
  let seen = 0;
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + piece.length)) {
    seen += 1;
    if (seen > most) throw unreadable('xml_too_many_elements');
  }
}
