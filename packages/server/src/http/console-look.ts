import type { FastifyInstance } from 'fastify';

/** A picture of the provider's, as it was read at the start. */
export interface LookFile {
  /** Names the content, so that a browser may keep it for ever. */
  readonly path: string;
  readonly type: 'image/svg+xml' | 'image/png';
  readonly content: Buffer;
}

/** How the provider's console looks before it has asked for anything. */
export interface ConsoleLook {
  readonly title: { readonly zh: string; readonly en: string } | null;
  readonly logo: LookFile | null;
  /** Drawn for dark grounds; null: the logo, on white. */
  readonly darkLogo: LookFile | null;
  readonly favicon: LookFile | null;
  /** Custom properties over those of the console's own style sheet. */
  readonly style: string | null;
}

export const lookPath = '/look/';

/** An SVG is a document, too: opened by itself it runs nothing, loads nothing and belongs to no origin. */
const inert = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Serves the provider's pictures. */
export function registerLook(app: FastifyInstance, { logo, darkLogo, favicon }: ConsoleLook): void {
  const files = new Map(
    [logo, darkLogo, favicon].flatMap((file) => (file === null ? [] : [[file.path, file] as const])),
  );
  for (const { path, type, content } of files.values()) {
    app.get(path, async (_, reply) => {
      reply.headers({ 'content-security-policy': inert, 'cache-control': 'public, max-age=31536000, immutable' });
      return reply.type(type).send(content);
    });
  }
}

const names = '<meta name="application-name" content="OpenBeian" />';

/** The console's page in the provider's look: nothing of another one is seen until the console is there. */
export function dressed(page: string, { title, logo, darkLogo, favicon, style }: ConsoleLook): string {
  if (!page.includes(names)) throw new Error(`the console’s page has no ${names}`);
  const { zh, en } = title ?? { zh: 'OpenBeian', en: 'OpenBeian' };
  const icon = favicon ?? logo;
  const logos = `${logo ? ` data-logo="${logo.path}"` : ''}${darkLogo ? ` data-dark-logo="${darkLogo.path}"` : ''}`;
  const meta = `<meta name="application-name" content="${escaped(zh)}" data-en="${escaped(en)}"${logos} />`;
  const waiting = darkLogo ? `@media screen{:root[data-theme=dark] .boot img{content:url("${darkLogo.path}")}}` : '';
  const styles = `${style ?? ''}${waiting}`;
  // By functions: a `$` in a name is itself.
  return page
    .replace(names, () => meta)
    .replace('<title>OpenBeian</title>', () => `<title>${escaped(zh)}</title>`)
    .replace('<span>OpenBeian</span>', () => `<span>${escaped(zh)}</span>`)
    .replace('<img src="/logo.svg"', () => `<img src="${logo?.path ?? '/logo.svg'}"`)
    .replace('type="image/svg+xml" href="/logo.svg"', (own) => (icon ? `type="${icon.type}" href="${icon.path}"` : own))
    .replace('</head>', () => `${styles === '' ? '' : `<style>${styles}</style>`}</head>`);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
