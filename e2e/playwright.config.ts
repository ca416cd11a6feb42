import { defineConfig } from 'playwright/test'

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
      // Nobody looks at the pages: drawing them in software as a graphics card would takes a sixth of the time.
      // Nor does a test need a process for each site: cookies and origins are kept apart without, and starting them takes another sixth.
      args: [
        ...['--disable-gpu', '--disable-software-rasterizer', '--in-process-gpu'],
        ...['--disable-site-isolation-trials', '--renderer-process-limit=1'],
        '--host-resolver-rules=MAP evil.example 127.0.0.1',
      ],
      // Chromium's own sandbox does not work for root, as in most containers.
      chromiumSandbox: process.getuid?.() !== 0,
    },
  },
})
