import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the sender's clock may be from ours. */
const toleranceSeconds = 5 * 60;

export interface SignedHeaders {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: string;
  /** One or more of `v1,<base64>`, with spaces between them. */
  readonly signature: string;
}

/** The headers of the Standard Webhooks scheme, as everything else that we sign for others: HMAC-SHA256 over `<id>.<timestamp>.<body>`. */
export function signMessage(
  secret: string,
  message: { readonly id: string; readonly at: string; readonly body: string },
) {
  const timestamp = String(Math.floor(Date.parse(message.at) / 1000));
  const signature = `v1,${hmac(secret, message.id, timestamp, Buffer.from(message.body, 'utf8'))}`;
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}

/** Is it signed with our secret, lately? */
export function isSigned(
  secret: string,
  { id, timestamp, signature }: SignedHeaders,
  { body, at }: { readonly body: Uint8Array; readonly at: string },
): boolean {
  if (!/^\d{1,12}$/.test(timestamp) || id === '' || id.length > 200) return false;
  if (Math.abs(Date.parse(at) / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  const expected = Buffer.from(`v1,${hmac(secret, id, timestamp, body)}`);
  return signature.split(' ').some((one) => {
    const given = Buffer.from(one);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

const hmac = (secret: string, id: string, timestamp: string, body: Uint8Array): string =>
  createHmac('sha256', secret).update(`${id}.${timestamp}.`, 'utf8').update(body).digest('base64');
