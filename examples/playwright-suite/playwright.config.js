import { defineConfig } from 'playwright/test'

// The browser that `npx playwright install chromium` has put there, else another one: CHROMIUM=/usr/bin/chromium npm test
const { CHROMIUM, CI } = process.env

export default defineConfig({
  // The application has one port, so there is one of it.
  workers: 1,
  forbidOnly: CI !== undefined,
  use: {
    launchOptions: {
      ...(CHROMIUM && { executablePath: CHROMIUM }),
      // Nobody looks at the pages: drawing them takes longer than all else.
      args: ['--disable-gpu', '--disable-software-rasterizer', '--in-process-gpu', '--renderer-process-limit=1'],
      // Chromium's own sandbox does not work for root, as in most containers.
      chromiumSandbox: process.getuid?.() !== 0,
    },
  },
})
