import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  plugins: [
    tailwindcss(),
    // Vitest cannot run under the Remix plugin (it waits for a preamble that only a page has).
    process.env.VITEST
      ? null
      : remix({
          serverModuleFormat: 'esm',
          ignoredRouteFiles: ['**/*.test.*'],
          future: {
            v3_fetcherPersist: true,
            v3_lazyRouteDiscovery: true,
            v3_relativeSplatPath: true,
            v3_routeConfig: true,
            v3_singleFetch: true,
            v3_throwAbortReason: true,
          },
        }),
  ],
  build: { target: 'es2022' },
  ssr: { external: ['better-sqlite3'] },
  // The development server's scanner does not know which imports Remix takes out of the browser's code.
  optimizeDeps: { exclude: ['@node-rs/argon2', 'better-sqlite3', 'echarts'] },
});
