import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['sloop-source'] },
  ssr: { resolve: { conditions: ['sloop-source'] } },
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['node_modules', 'dist', 'e2e/**/*.spec.ts'],
  },
})
