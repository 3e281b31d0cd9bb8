interface Kept {
  readonly tag: string;
  readonly text: string;
  readonly mediaType: string;
}

/** Pages ask for a dozen lists and counts again and again; long lists are not kept twice in memory. */
const mostKept = 40;
const mostLetters = 200_000;

/** Answers by their address, those asked for last at the end; in memory only, as they are of one person. */
const kept = new Map<string, Kept>();

/** What was answered is of somebody else now. */
export function forgetAnswers(): void {
  kept.clear();
}

/**
 * As `fetch`; what was read before is asked for with its tag, and where the server has nothing newer (304) it is answered from
 * memory. Answers that the browser keeps by itself are left to it.
 */
export async function conditionalFetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  if (typeof input !== 'string' || init.method !== 'GET') return fetch(input, init);
  const before = kept.get(input);
  const headers = new Headers(init.headers);
  if (before !== undefined) headers.set('if-none-match', before.tag);
  const answer = await fetch(input, { ...init, headers });
  if (answer.status === 304 && before !== undefined) {
    return new Response(before.text, { headers: { 'content-type': before.mediaType } });
  }
  kept.delete(input);
  const tag = answer.headers.get('etag');
  const isForNobodyElse = answer.headers.get('cache-control')?.includes('no-store') === true;
  if (answer.status !== 200 || tag === null || !isForNobodyElse) return answer;
  const text = await answer.text();
  const mediaType = answer.headers.get('content-type') ?? 'application/json';
  if (text.length <= mostLetters) kept.set(input, { tag, text, mediaType });
  const [oldest] = kept.keys();
  if (oldest !== undefined && kept.size > mostKept) kept.delete(oldest);
  return new Response(text, { headers: { 'content-type': mediaType } });
}
