import { channel } from 'node:diagnostics_channel'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startRoles } from '../../../harness/roles/roles.ts'
import { createPerson } from '../../run/person.test-support.ts'

const anyPort = { idpPort: 0, esPort: 0, appPort: 0 }

/** Calls back at the nth request that reaches any server of this process, as the calls of the application do, too. */
function atRequest(nth: number, act: () => void): { seen: () => number; stop: () => void } {
  let seen = 0
  const count = (): void => {
    seen += 1
    if (seen === nth) act()
  }
  const requests = channel('http.server.request.start')
  requests.subscribe(count)
  return { seen: () => seen, stop: () => void requests.unsubscribe(count) }
}

async function logInAndOut(appUrl: string): Promise<string[]> {
  const agent = createPerson()
  const pages: string[] = []
  const steps = [() => agent.open(`${appUrl}/`), () => agent.press('alice'), () => agent.press('Log out')]
  for (const step of steps) {
    await step()
    pages.push((await agent.see()).text)
    if (cutOff.test(pages.at(-1) ?? '')) break
  }
  return pages
}

const fellBehind = /Elasticsearch is not available|Internal|failed/
const loggedOut = /You are logged out/
const cutOff = /^No page: (nobody listens there|the connection was closed without an answer)$/

// cases/robustness S1
test('told to stop at any moment of a login and a logout, the roles answer what is under way and end', async () => {
  const keysFolder = await mkdtemp(join(tmpdir(), 'sloop-stopping-'))
  onTestFinished(() => rm(keysFolder, { recursive: true }))
  for (let moment = 1, isOver = false; !isOver; moment++) {
    const stop = new AbortController()
    const { appUrl = '', close } = await startRoles({ ...anyPort, keysFolder, signal: stop.signal })
    const requests = atRequest(moment, () => stop.abort())
    onTestFinished(requests.stop)
    const pages = await logInAndOut(appUrl)
    requests.stop()
    await close()
    isOver = !stop.signal.aborted
    expect(pages.at(-1), `stopped at request ${moment}`).toMatch(
      isOver || !cutOff.test(pages.at(-1) ?? '') ? loggedOut : cutOff,
    )
    expect(pages.join('\n')).not.toMatch(fellBehind)
  }
}, 60_000)

// cases/robustness S1
test('a burst of logins that is under way at the end is answered, and none with 503', async () => {
  const { appUrl = '', close } = await startRoles(anyPort)
  const agents = Array.from({ length: 40 }, createPerson)
  await Promise.all(agents.map((agent) => agent.open(`${appUrl}/`)))
  const logins = agents.map(async (agent) => {
    await agent.press('alice')
    return (await agent.see()).text
  })
  await Promise.race(logins)
  await close()
  const pages = await Promise.all(logins)
  expect(pages.filter((text) => fellBehind.test(text))).toEqual([])
  const signedIn = pages.filter((text) => text.includes('You are signed in as alice'))
  expect(signedIn.length).toBeGreaterThan(0)
  expect(pages.filter((text) => !signedIn.includes(text) && !cutOff.test(text))).toEqual([])
}, 60_000)
