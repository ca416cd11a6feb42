import { expect, onTestFinished, test } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { startLab } from '../harness/index.ts'
import { createHttpAgent } from './drivers/http-agent.ts'
import { probeTruth } from './truth.ts'

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
    const agent = createHttpAgent()
    await agent.open(`${lab.appUrl}/`)
    await agent.press('alice')
    const tokens = lab.issuedTokens()
    expect(tokens).toHaveLength(1)
    if (button === 'Log out everywhere') await agent.open(`${lab.idpUrl}/`)
    await agent.press(button)
    expect(await probeTruth({ ...lab, appProfile: 'kibana', appSelector: false }, agent, tokens)).toEqual(dead)
  },
)
