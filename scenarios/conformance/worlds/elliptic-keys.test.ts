import { expect, onTestFinished, test } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { startLab } from '../../../harness/index.ts'
import { createPerson, probeFor } from '../../run/person.test-support.ts'

const dead = { application: 'signedOut', idpSession: 'dead', accessToken: 'dead', refreshToken: 'dead' }

// The realm verifies as a node does: XML by OpenSAML's rules, queries by DER (spec §3.4).
test.each([
  ['P-256', 'at the application', 'Log out'],
  ['P-256', 'at the IdP', 'Log out everywhere'],
  ['P-384', 'at the IdP', 'Log out everywhere'],
] as const)(
  'a realm takes logins and logouts of an IdP whose key is on %s: logged out %s',
  async (kind, _where, button) => {
    const { certificatePem, privateKeyPem } = await generateCredential('elliptic', Date.UTC(2026, 0, 1), { kind })
    const lab = await startLab({ keys: { certificate: certificatePem, privateKey: privateKeyPem } })
    onTestFinished(() => lab.close())
    const agent = createPerson()
    await agent.open(`${lab.appUrl}/`)
    await agent.press('alice')
    expect(lab.issuedTokens()).toHaveLength(1)
    if (button === 'Log out everywhere') await agent.open(`${lab.idpUrl}/`)
    await agent.press(button)
    expect(await probeFor(agent, lab)).toEqual(dead)
  },
)
