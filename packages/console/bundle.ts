import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// `node bundle.ts FOLDER BUILD`: bundles the console into a folder, in a process that ends with it (see `build.ts`).
// The page says of which build it is, so that one that is still open can tell whether the server has another by now.

const here = fileURLToPath(new URL('.', import.meta.url));

/** What the parent is told, and throws. */
export interface BundleFailure {
  readonly message: string;
  readonly code?: string;
}

async function bundle(folder: string, name: string): Promise<void> {
  // Vite takes React's development build where NODE_ENV says anything else: the same sources must give the same bundle.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  // Where it is missing, Vite would say so in its own words first.
  await import('@vitejs/plugin-react');
  await build({
    root: here,
    configFile: join(here, 'vite.config.ts'),
    // Node reads the configuration itself: otherwise Vite writes a compiled copy of it beside it.
    configLoader: 'native',
    logLevel: 'error',
    plugins: [
      {
        name: 'build-name',
        transformIndexHtml: () => [
          { tag: 'meta', attrs: { name: 'openbeian-build', content: name }, injectTo: 'head' as const },
        ],
      },
    ],
    build: { outDir: folder, emptyOutDir: true },
  });
}

try {
  const [folder = '', name = ''] = process.argv.slice(2);
  await bundle(folder, name);
} catch (error) {
  const { message, code } = error as NodeJS.ErrnoException;
  const failure: BundleFailure = { message, ...(code !== undefined && { code }) };
  process.exitCode = 1;
  process.send?.(failure);
}
