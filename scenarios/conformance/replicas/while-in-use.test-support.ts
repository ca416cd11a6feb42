import type { Replicas } from '../../../harness/replicas/replicas.test-support.ts'
import { createStormPerson } from './storm-person.test-support.ts'

interface InUse {
  readonly people: readonly string[]
  readonly work: () => Promise<void>
}

/**
 * People log in and out, at the application and at the IdP in turn: once before the work begins, and as long as it takes. How often they did so meanwhile, and what
 * anybody was told that nobody should be.
 */
export async function whileInUse(
  urls: Replicas['urls'],
  { people, work }: InUse,
): Promise<{ readonly logouts: number; readonly surprises: readonly string[] }> {
  const all = await Promise.all(people.map((name) => createStormPerson(urls, name)))
  const unconfirmed: string[] = []
  const takeTurn = async ({ name, logIn, logOut }: (typeof all)[number], from: 'app' | 'idp') => {
    await logIn()
    if (!(await logOut(from))) unconfirmed.push(`${name} was not told that she is logged out, at ${from}`)
  }
  await Promise.all(all.map((person) => takeTurn(person, 'app')))
  let isOver = false
  let logouts = 0
  const using = all.map(async (person) => {
    for (let turn = 0; !isOver; turn += 1) {
      await takeTurn(person, turn % 2 === 0 ? 'idp' : 'app')
      logouts += 1
    }
  })
  const working = work().finally(() => {
    isOver = true
  })
  await Promise.all([working, ...using])
  return { logouts, surprises: [...unconfirmed, ...all.flatMap(({ detours }) => detours)] }
}
