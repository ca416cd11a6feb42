import { defineConfig } from 'playwright/test'
import everyday from '../playwright.config.ts'

/** Against software of other makers, one after the other: each file starts its own. */
export default defineConfig(everyday, {
  testDir: '.',
  testIgnore: [],
  outputDir: '../../test-results/peers',
  workers: 1,
  timeout: 120_000,
  fullyParallel: false,
  use: { ...everyday.use, ignoreHTTPSErrors: true },
})
