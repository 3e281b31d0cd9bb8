/**
 * Reads the body of an answer as text (UTF-8). What is beyond the limit is neither read nor kept, and its connection is closed.
 * @returns null when the body is larger than that
 * @throws what the network gives when the body breaks off
 */
export async function readBounded({ body }: Pick<Response, 'body'>, limitBytes: number): Promise<string | null> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the body.
    if (bytes > limitBytes) return null;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
