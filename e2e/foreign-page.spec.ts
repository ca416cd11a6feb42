import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'playwright/test'
import { type Lab, startLab } from 'sloop'

/** A site of somebody else, at a name that the browser of the tests takes for this machine. */
async function startEvilSite() {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<title>evil</title><body></body>')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://evil.example:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const stateOf = async ({ idp }: Lab) => [await idp.users.list(), await idp.serviceProviders.list()]

test('a page of another site changes nothing by the control API, whatever its browser sends, rebound names included', async ({
  page,
}) => {
  await using evil = await startEvilSite()
  await using lab = await startLab({ applications: [] })
  // A reset would take this user away.
  await lab.idp.users.put('kept', {})
  const before = await stateOf(lab)
  const reset = `${lab.idpUrl}/_sloop/reset`

  for (const enctype of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']) {
    await page.goto(evil.url)
    await page.evaluate(
      `document.body.innerHTML = '<form method=post action="${reset}" enctype="${enctype}"><button>Win</button>'`,
    )
    const answer = page.waitForResponse(reset)
    await page.getByRole('button', { name: 'Win' }).click()
    expect([enctype, (await answer).status()]).toEqual([enctype, 403])
    await expect(page.locator('body')).toContainText('"type":"foreignSite"')
  }

  await page.goto(evil.url)
  // What came back stays hidden from the page: that it was refused shows in that nothing has changed.
  for (const [mode, seen] of [
    ['no-cors', 'opaque'],
    ['cors', 'TypeError'],
  ]) {
    const options = `{ method: 'POST', mode: '${mode}', body: '{}' }`
    const send = `fetch('${reset}', ${options}).then(({ type }) => type, ({ name }) => name)`
    expect([mode, await page.evaluate(send)]).toEqual([mode, seen])
  }
  const users = `${lab.idpUrl}/_sloop/idp/users`
  const frame = `document.body.innerHTML = '<iframe src="${users}">'`
  await page.evaluate(frame)
  await expect(page.frameLocator('iframe').locator('body')).toContainText('"type":"foreignSite"')
  // Chromium tells nobody what answered an image that is none.
  const image = `new Promise((resolve) => { Object.assign(new Image(), { onerror: () => resolve('broken'), onload: () => resolve('shown'), src: '${users}' }) })`
  expect(await page.evaluate(image)).toBe('broken')

  const rebound = `http://evil.example:${new URL(lab.idpUrl).port}/_sloop`
  await page.goto(`${rebound}/idp/users`)
  await expect(page.locator('body')).toContainText('"type":"foreignHost"')
  const send = `fetch('${rebound}/reset', { method: 'POST' }).then((answer) => answer.text())`
  expect(await page.evaluate(send)).toContain('"type":"foreignHost"')

  expect(await stateOf(lab)).toEqual(before)
})
