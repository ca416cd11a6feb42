import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['sloop-source'] },
  ssr: { resolve: { conditions: ['sloop-source'] } },
  test: {
    include: ['**/*.test.{ts,tsx}'],
    // One module graph a worker: loading it anew for each file would take longer than all tests. The guard holds every file to leaving nothing behind.
    isolate: false,
    testTimeout: 15_000,
    setupFiles: ['core/guard-test-file.test-support.ts'],
    exclude: ['**/node_modules', 'dist', 'e2e/**/*.spec.ts'],
  },
})
