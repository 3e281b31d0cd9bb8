import { createHmac } from 'node:crypto';

const prefix = 'whsec_';

/** A new key from 32 unguessable bytes, as receivers' libraries take it. */
export function webhookSecretOf(bytes: Uint8Array): string {
  return `${prefix}${Buffer.from(bytes).toString('base64')}`;
}

/**
 * The headers of the Standard Webhooks scheme: HMAC-SHA256 over `<id>.<timestamp>.<body>`, one signature for each key.
 * A receiver accepts when any of them fits, so that keys can be replaced without a gap.
 * @param atMs when this attempt is made; receivers refuse what is too old
 */
export function signatureHeaders(
  secrets: readonly string[],
  message: { readonly id: string; readonly atMs: number; readonly body: string },
): Record<string, string> {
  const timestamp = String(Math.floor(message.atMs / 1000));
  const signed = `${message.id}.${timestamp}.${message.body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(signed, 'utf8').digest('base64')}`;
  });
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
