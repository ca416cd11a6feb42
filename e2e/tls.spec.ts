import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'playwright/test'

const sloop = fileURLToPath(new URL('../dist/harness/cli/main.js', import.meta.url))
const anyPorts = ['--idp-port', '0', '--es-port', '0', '--app-port', '0']

async function firstLine(output: Readable): Promise<string> {
  for await (const line of createInterface({ input: output })) return line
  throw new Error('it ended without a word')
}

// Chromium has a store of its own; that the authority is to be trusted is tried by other programs.
test.use({ ignoreHTTPSErrors: true })

test('over https a person logs in and out in both directions, and every cookie is secure', async ({
  page,
  context,
}) => {
  const child = spawn(process.execPath, [sloop, 'up', '--tls', '--keys', 'memory', '--json', ...anyPorts], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const { app, idp } = JSON.parse(await firstLine(child.stdout))
    await page.goto(app)
    await page.getByRole('button', { name: 'alice' }).click()
    await expect(page.getByRole('heading', { name: 'You are signed in as alice' })).toBeVisible()
    const cookies = await context.cookies()
    expect(cookies.map(({ name, secure }) => [name, secure]).sort()).toEqual([
      ['sloop_app', true],
      ['sloop_idp', true],
    ])
    await page.getByRole('link', { name: 'Log out' }).click()
    await expect(page.getByRole('heading', { name: 'You are logged out' })).toBeVisible()
    await page.goto(app)
    await page.getByRole('button', { name: 'alice' }).click()
    await expect(page.getByRole('heading', { name: 'You are signed in as alice' })).toBeVisible()
    await page.goto(idp)
    await page.getByRole('button', { name: 'Log out everywhere' }).click()
    await expect(page.getByText('Every service provider confirmed the logout.')).toBeVisible()
  } finally {
    child.kill('SIGTERM')
  }
})
