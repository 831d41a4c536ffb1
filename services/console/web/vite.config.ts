import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server replaces this by a nonce of its own for each page; the policy allows no other script or style. */
const NONCE_PLACEHOLDER = '__NONCE__';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  html: { cspNonce: NONCE_PLACEHOLDER },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Both would put scripts or data addresses into the page, which the policy refuses.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
