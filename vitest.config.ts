import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './core/longest-first.test-support.ts'

export default defineConfig({
  resolve: {
    conditions: ['sloop-source'],
    // Making RSA keys would take a third of the time of all tests.
    alias: [
      { find: /^\.\/key-pair\.ts$/, replacement: `${import.meta.dirname}/core/saml/lent-keys.test-support.ts` },
      {
        find: /^\.\/odd-keys\.ts$/,
        replacement: `${import.meta.dirname}/idp/changes/lasting-odd-keys.test-support.ts`,
      },
      { find: /^\.\/pooled\.ts$/, replacement: `${import.meta.dirname}/harness/keys/lasting-pool.test-support.ts` },
    ],
  },
  ssr: { resolve: { conditions: ['sloop-source'] } },
  test: {
    include: ['**/*.test.{ts,tsx}'],
    // One module graph a worker: loading it anew for each file would take longer than all tests. The guard holds every file to leaving nothing behind.
    isolate: false,
    // By default one less than there are cores, which on a machine of two is one. As many as those there, since some tests wait for other processes; a third would load
    // every module once more, and beside the tests in a browser there are more than two who want a core as it is.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Most of what a test makes is garbage when it ends: room for the young takes a sixth off the time of all.
    // And little of it runs for long: optimising only what runs fifteen times as long as usual takes off another twentieth.
    execArgv: ['--max-semi-space-size=32', '--interrupt-budget=1000000'],
    sequence: { sequencer: LongestFirst },
    // Every process of Node reads the authorities in it at its start, which takes as long as the rest of that: nobody here asks beyond the loopback address.
    env: { NODE_EXTRA_CA_CERTS: '' },
    // Nothing waits so long but what fails, or a machine that is busy.
    testTimeout: 60_000,
    setupFiles: ['core/guard-test-file.test-support.ts'],
    exclude: ['**/node_modules', 'dist', 'e2e/**/*.spec.ts'],
  },
})
