import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

const compress = promisify(brotliCompress);

/** Leaves a copy of each script and style beside it, compressed once and for all; the server sends those. */
const compressedCopies: Plugin = {
  name: 'compressed-copies',
  apply: 'build',
  async writeBundle({ dir }, bundle) {
    const files = this.environment.name === 'client' && dir ? Object.keys(bundle) : [];
    for (const name of files.filter((file) => /^assets\/.*\.(js|css)$/.test(file))) {
      const file = path.join(dir!, name);
      await fs.writeFile(`${file}.br`, await compress(await fs.readFile(file)));
    }
  },
};

export default defineConfig({
  plugins: [
    tailwindcss(),
    compressedCopies,
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
