import { defineConfig } from 'playwright/test'
import { chromiumArgs } from '../scenarios/drivers/chromium-args.ts'

const executablePath = process.env['SLOOP_CHROMIUM']

export default defineConfig({
  testMatch: '*.spec.ts',
  testIgnore: 'peers/**',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  // Nothing waits so long but what fails.
  expect: { timeout: 60_000 },
  timeout: 180_000,
  use: {
    browserName: 'chromium',
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      args: [...chromiumArgs, '--host-resolver-rules=MAP evil.example 127.0.0.1'],
      // Chromium's own sandbox does not work for root, as in most containers.
      chromiumSandbox: process.getuid?.() !== 0,
    },
  },
})
