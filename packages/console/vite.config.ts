import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm run dev`-style work on the console finds a running server. */
const server = process.env.OPENBEIAN_SERVER ?? 'http://127.0.0.1:8600';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    target: 'es2023',
    // Nothing is inlined as data: URIs, so that a strict content security policy holds.
    assetsInlineLimit: 0,
    // The largest part is the component library; it is cached across releases of the console itself.
    chunkSizeWarningLimit: 1400,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'library', test: /node_modules[\\/](react|react-dom|scheduler|react-router|@tanstack|zod)[\\/]/ },
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
