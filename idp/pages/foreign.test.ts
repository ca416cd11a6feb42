import { expect, test } from 'vitest'
import { legibleText } from '#server/legible-text'
import { makeSp } from '../sp.test-support.ts'
import { logIn, makeWorld } from '../world.test-support.ts'

const reversed = '\u202Eecila\u2066'
const moving = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

// cases/robustness.md T2
test('a text from elsewhere moves nothing on any page, and its button still sends it as it is', async () => {
  const user = { name: reversed, email: reversed, displayName: reversed, groups: [] }
  const { browser, idp } = await makeWorld({ users: [user] })
  const sp = await makeSp('odd')
  idp.trust(sp.metadata, { name: reversed })
  const asked = await browser.open(await sp.redirect(sp.authnRequest()))
  const login = await logIn(browser, sp, { user: legibleText(reversed) })
  const pages = [
    asked,
    await browser.open('/'),
    await browser.open(await sp.redirect(sp.authnRequest({ destination: `http://idp.localhost:7070/sso${reversed}` }))),
    await browser.press(await browser.open('/'), `Open ${legibleText(reversed)}`),
    await browser.press(await browser.open('/'), 'Log out everywhere').then(() => browser.open('/')),
  ]
  expect(pages.map(({ text }) => moving.exec(text))).toEqual(pages.map(() => null))
  expect(login.assertion.attributes.find(({ friendlyName }) => friendlyName === 'uid')?.values).toEqual([reversed])
})
