import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { licences } from './licences.js';

/** A running `samsyn demo`, for the development server. */
const server = process.env.SAMSYN_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), licences('assets/licences.txt')],
  base: './',
  server: {
    proxy: {
      '/graphql': { target: server, changeOrigin: true, ws: true, rewriteWsOrigin: true },
      '/configuration.json': server,
    },
  },
  build: {
    target: 'es2022',
    // One script and one style sheet: nothing to preload, and the polyfill for it is inline code that the policy forbids.
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // Names without hashes, for a server that embeds the files; it answers with ETags.
        entryFileNames: 'assets/portal.js',
        assetFileNames: 'assets/portal[extname]',
        codeSplitting: false,
      },
    },
  },
});
