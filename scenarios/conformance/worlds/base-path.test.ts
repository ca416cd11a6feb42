import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { httpGet } from '#server/http-get'
import { listen } from '#server/serve'
import { startRoles } from '../../../harness/roles/roles.ts'
import { createPerson } from '../../run/person.test-support.ts'

const script = fileURLToPath(new URL('../../../../shared/cases/reports/06-base-path-proxy.mjs', import.meta.url))

async function freePort(): Promise<number> {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  await listener.close()
  return listener.port
}

interface Proxied {
  readonly hostname: string
  readonly basePath: string
  readonly port: number
  readonly keep: boolean
}

/** The given proxy in front of a role; it answers 404 to whatever is not below the base path. */
async function proxyTo({ hostname, basePath, port, keep }: Proxied): Promise<string> {
  const listensAt = await freePort()
  const child = spawn(process.execPath, [script, `${listensAt}`, `${port}`, basePath, ...(keep ? ['keep'] : [])])
  onTestFinished(() => void child.kill())
  await vi.waitFor(() => httpGet(`http://127.0.0.1:${listensAt}/`), 10_000)
  return `http://${hostname}:${listensAt}${basePath}`
}

/** An application and an IdP, each behind a proxy of its own. */
async function startBehindProxies(keep: boolean): Promise<{ app: string; idp: string }> {
  const [appPort, idpPort] = await Promise.all([freePort(), freePort()])
  const [app, idp] = await Promise.all([
    proxyTo({ hostname: 'app.localhost', basePath: '/kibana', port: appPort, keep }),
    proxyTo({ hostname: 'idp.localhost', basePath: '/idp', port: idpPort, keep }),
  ])
  const roles = await startRoles({ appPort, idpPort, esPort: 0, publicUrls: { app, idp } })
  onTestFinished(() => roles.close())
  return { app, idp }
}

// cases/reports 06
test.each([
  ['takes the base path away', false],
  ['keeps the base path', true],
])(
  'behind a proxy that %s a login and both logouts stay below it',
  async (_what, keep) => {
    const { app, idp } = await startBehindProxies(keep)
    const agent = createPerson()

    await agent.open(`${app}/app/x`)
    await agent.press('alice')
    expect(await agent.see()).toMatchObject({
      url: `${app}/app/x`,
      text: expect.stringContaining('signed in as alice'),
    })

    await agent.press('Log out')
    expect((await agent.see()).url).toBe(`${app}/security/logged_out?msg=LOGGED_OUT`)

    await agent.press('Log in')
    await agent.press('alice')
    await agent.open(`${idp}/`)
    await agent.press('Log out everywhere')
    expect((await agent.see()).url).toMatch(`${idp}/`)
    expect((await agent.see()).text).toContain('confirmed')
    await agent.open(`${app}/`)
    expect((await agent.see()).url).toMatch(`${idp}/sso/continue`)
    expect((await httpGet(`${app}/_sloop/ready`)).status).toBe(200)
  },
  30_000,
)
