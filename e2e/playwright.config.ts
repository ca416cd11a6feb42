import { defineConfig } from 'playwright/test'

const executablePath = process.env['SLOOP_CHROMIUM']

export default defineConfig({
  testMatch: '*.spec.ts',
  testIgnore: 'peers/**',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  expect: { timeout: 15_000 },
  timeout: 60_000,
  use: {
    browserName: 'chromium',
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      // Nobody looks at the pages: drawing them in software as a graphics card would takes a sixth of the time.
      args: ['--disable-gpu', '--disable-software-rasterizer', '--host-resolver-rules=MAP evil.example 127.0.0.1'],
      // Chromium's own sandbox does not work for root, as in most containers.
      chromiumSandbox: process.getuid?.() !== 0,
    },
  },
})
