import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// `node bundle.ts FOLDER`: bundles the console into a folder, in a process that ends with it (see `build.ts`).

const here = fileURLToPath(new URL('.', import.meta.url));

/** What the parent is told, and throws. */
export interface BundleFailure {
  readonly message: string;
  readonly code?: string;
}

async function bundle(folder: string): Promise<void> {
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
    build: { outDir: folder, emptyOutDir: true },
  });
}

try {
  await bundle(process.argv[2] ?? '');
} catch (error) {
  const { message, code } = error as NodeJS.ErrnoException;
  const failure: BundleFailure = { message, ...(code !== undefined && { code }) };
  process.exitCode = 1;
  process.send?.(failure);
}
