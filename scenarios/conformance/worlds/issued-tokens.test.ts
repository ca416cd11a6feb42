import { expect, onTestFinished, test } from 'vitest'
import { startLab } from '../../../harness/index.ts'
import { createPerson } from '../../run/person.test-support.ts'

test("the IdP's logout ends tokens that were issued with the identifiers of a login, and no others", async () => {
  const lab = await startLab()
  onTestFinished(() => lab.close())
  const agent = createPerson()
  await agent.open(lab.appUrl)
  await agent.press('alice')
  const [login] = (await lab.es.tokens.list()).tokens
  const { realm = '', username = '', nameId, sessionIndex } = login ?? {}
  await lab.es.tokens.issue({ realm, username, nameId, sessionIndex })
  await lab.es.tokens.issue({ realm, username, nameId, sessionIndex: '_another' })
  await agent.open(lab.idpUrl)
  await agent.press('Log out everywhere')
  expect((await agent.see()).text).toContain('Every service provider confirmed the logout.')
  const ended = { nameId, sessionIndex, access: 'invalidated', refresh: 'invalidated', endedBy: 'samlInvalidate' }
  expect((await lab.es.tokens.list()).tokens).toMatchObject([
    ended,
    ended,
    { sessionIndex: '_another', access: 'alive', refresh: 'alive', endedBy: null },
  ])
}, 30_000)
