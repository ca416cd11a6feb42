import { expect, onTestFinished, test } from 'vitest'
import type { Front, PartySocket } from './role-options.ts'
import { startRoles } from './roles.ts'

// A start that is refused does not wait for what it began to load, which the next test file would find half loaded.
import '../world/read-world.ts'
import './run-together.ts'

/** Roles with somebody in front of those that have a port here; `asked` are the parties that somebody might stand in front of, `ended` tells what became of who does. */
async function behindFronts(ports: Readonly<Record<string, number>>, world = {}) {
  const asked: PartySocket[] = []
  const ended: string[] = []
  const inFront = async (party: PartySocket): Promise<Front | undefined> => {
    asked.push(party)
    const { name } = party
    const port = ports[name]
    const letGo = () => void ended.push(`${name} lets go`)
    return port === undefined ? undefined : { port, letGo, close: async () => void ended.push(`${name} closes`) }
  }
  const roles = await startRoles({ world, idpPort: 0, esPort: 0, appPort: 0, partnerPort: 0, inFront })
  onTestFinished(() => roles.close())
  return { roles, asked, ended }
}

test('every party may have somebody in front, whose port stands in its URLs and who ends with it', async () => {
  const world = { applications: [{ name: 'app' }, { name: 'wiki' }], partners: [{ name: 'shop' }] }
  const { roles, asked, ended } = await behindFronts({ wiki: 1, es: 2 }, world)
  expect(asked.map(({ name }) => name).toSorted()).toEqual(['app', 'es', 'idp', 'shop', 'wiki'])
  expect(roles.applicationUrls).toMatchObject({ wiki: 'http://wiki.localhost:1' })
  expect(roles.esUrl).toBe('http://localhost:2')
  const idp = asked.find(({ name }) => name === 'idp')
  expect(idp).toEqual({ name: 'idp', host: '127.0.0.1', port: Number(new URL(roles.idpUrl ?? '').port) })
  await roles.close()
  expect(ended).toEqual(['es lets go', 'wiki lets go', 'wiki closes', 'es closes'])
})

test('what is thrown for one party ends the start, and no socket stays open', async () => {
  const ports: number[] = []
  const inFront = async ({ name, port }: PartySocket) => {
    ports.push(port)
    if (name === 'es') throw new TypeError('not in front of es')
    return undefined
  }
  const starting = startRoles({ idpPort: 0, esPort: 0, appPort: 0, inFront })
  await expect(starting).rejects.toThrow(new TypeError('not in front of es'))
  expect(ports).toHaveLength(3)
  for (const port of ports) await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow('fetch failed')
})
