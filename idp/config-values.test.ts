import { expect, test } from 'vitest'
import { ConfigError } from '#server/config'
import { legibleText } from '#server/legible-text'
import { resolveIdpConfig } from './config.ts'
import { whyNoLine } from './config-values.ts'
import type { User } from './directory/users.ts'
import { logIn, makeWorld } from './world.test-support.ts'

/** Every control, format, separator and unpaired character that there is below U+10000, and the last two. */
const odd = Array.from({ length: 0x1_00_00 }, (_, code) => String.fromCharCode(code)).filter(
  (character) =>
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFE\uFFFF]/u.test(character) ||
    ['\uD800', '\uDBFF', '\uDC00', '\uDFFF'].includes(character),
)
const userOf = (character: string): User => {
  const text = `a${character}b`
  return { name: text, email: text, displayName: text, groups: [text], attributes: { [text]: [text] } }
}

// cases/robustness.md C2, T1
test('an odd character in a user is refused at the start, or arrives at the service provider as it was written', async () => {
  const { credential } = await makeWorld()
  const baseUrl = 'http://idp.localhost:7070'
  const carried = odd.filter((character) => whyNoLine(character) === undefined)
  for (const character of odd.filter((each) => !carried.includes(each))) {
    expect(() => resolveIdpConfig({ baseUrl, credential, users: [userOf(character)] })).toThrow(ConfigError)
  }
  expect(carried.length).toBeGreaterThan(20)
  const { newBrowser, orders } = await makeWorld({ users: carried.map(userOf) })
  for (const character of carried) {
    const text = `a${character}b`
    const { assertion } = await logIn(newBrowser(), orders, { user: legibleText(text) })
    const values = assertion.attributes.map(({ friendlyName, values: [value] }) => [friendlyName, value])
    expect(values).toEqual(['uid', 'mail', 'displayName', 'groups', text].map((name) => [name, text]))
  }
})
