import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { valuesAtBuild } from './values-at-build.ts';

/** Where `npm run dev`-style work on the console finds a running server. */
const server = process.env.OPENBEIAN_SERVER ?? 'http://127.0.0.1:8600';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [valuesAtBuild(), react()],
  build: {
    target: 'es2023',
    // Which file needs which: what a page weighs is reckoned by it.
    manifest: true,
    // Nothing is inlined as data: URIs, so that a strict content security policy holds.
    assetsInlineLimit: 0,
    // The largest part is the component library; it is cached across releases of the console itself.
    chunkSizeWarningLimit: 1400,
    rolldownOptions: {
      // Shapes that nothing uses are left out.
      treeshake: { manualPureFunctions: ['z', 'operation'] },
      output: {
        codeSplitting: {
          groups: [
            { name: 'library', test: /node_modules[\\/](react|react-dom|scheduler|react-router|@tanstack)[\\/]/ },
            // Of the plots' library in two files of half the size; only pages with plots ask for them.
            { name: 'plots-drawing', test: /node_modules[\\/]zrender[\\/]/ },
          ],
        },
      },
    },
  },
  // The server takes commands from its own pages only; here the page comes from Vite in its name.
  server: {
    proxy: Object.fromEntries(
      ['/api', '/query'].map((path) => [path, { target: server, changeOrigin: true, headers: { origin: server } }]),
    ),
  },
});
