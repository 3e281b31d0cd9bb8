import { createTransport } from 'nodemailer';
import type { Notifier } from '../ports/outbound.ts';

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte; `starttls` or nothing; `none`: plain, for a relay on this machine. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user: string | null;
  readonly password: string | null;
  readonly from: string;
  readonly timeoutMs: number;
  /** What readers see instead of the sender's address; null shows the address. */
  readonly senderName: string | null;
  /** Below every mail; null: nothing. */
  readonly signature: string | null;
}

/** Hands mails to an SMTP server. Without TLS it never sends where TLS was asked for. */
export function createSmtpNotifier(options: SmtpOptions): Notifier {
  const { host, port, security, user, password, from, timeoutMs, senderName, signature } = options;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Mails hold only our own text; nothing in them may make this machine read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user !== null && password !== null && { auth: { user, pass: password } }),
  });
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/[^\w.-]/g, '');
  return {
    enabled: true,
    async send({ id, to, subject, text }) {
      const messageId = `<${id}@${domain}>`;
      const headers = { 'auto-submitted': 'auto-generated' };
      const receiver = { name: '', address: to };
      const sender = senderName === null ? from : { name: senderName, address: from };
      const signed = signature === null ? text : `${text.trimEnd()}\n\n-- \n${signature}\n`;
      await transport.sendMail({
        from: sender,
        to: receiver,
        subject,
        text: signed,
        textEncoding: 'base64',
        messageId,
        headers,
      });
    },
  };
}
