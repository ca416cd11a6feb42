import { expect, test } from 'vitest'
import { checkChange } from '../changes/check-change.ts'
import type { MintedKind } from '../mint/wanted-message.ts'
import { whyNever } from './why-never.ts'

const never = (on: MintedKind, change: object) => whyNever(on, checkChange(change))

test.each<[MintedKind, object, string, string]>([
  ['Response', { delivery: 'twice' }, 'delivery', 'a login is posted once, expected never, status500, reset or'],
  ['Response', { signature: 'none', delivery: 'twice' }, 'delivery', 'a login is posted once'],
  ['Response', { binding: 'soap' }, 'binding', 'a browser carries no SOAP, expected redirect or post'],
  ['Response', { escapes: 'lower' }, 'escapes', 'another binding'],
  ['LogoutRequest', { status: ['Responder'] }, 'status', 'a LogoutRequest has no status'],
  ['LogoutRequest', { inResponseTo: 'none' }, 'inResponseTo', 'a LogoutRequest answers nothing'],
  ['LogoutRequest', { sessionIndex: 'shared' }, 'sessionIndex', 'only a Response has it, expected none, wrong, empty'],
  ['LogoutResponse', { nameId: 'none' }, 'nameId', 'this message names nobody'],
  ['LogoutResponse', { sessionIndex: 'none' }, 'sessionIndex', 'a LogoutResponse names no session'],
  ['LogoutResponse', { notOnOrAfter: 'none' }, 'notOnOrAfter', 'a LogoutResponse has none'],
])('what no %s can take is told before any is met: %j', (on, change, key, why) => {
  expect(never(on, change)).toEqual({ key, why: expect.stringContaining(why) })
})

test.each<[MintedKind, object]>([
  ['LogoutRequest', { signature: 'none', delivery: 'twice', escapes: 'lower', space: 'plus', relayState: 'none' }],
  ['LogoutRequest', { binding: 'post', signature: 'tampered', address: 'acs' }],
  ['LogoutRequest', { nameId: 'encrypted', destination: 'otherServiceProvider', algorithm: 'ecdsa-sha256' }],
  ['LogoutRequest', { delivery: 'status500' }],
  ['LogoutResponse', { inResponseTo: 'older', issuer: 'otherPort', delivery: 'twice' }],
  ['Response', { binding: 'redirect', escapes: 'lower', notOnOrAfter: { shiftMs: 5 }, nameId: 'base' }],
])('what some %s can take, or depends on who runs, is not refused: %j', (on, change) => {
  expect(never(on, change)).toBeUndefined()
})
