import { expect, test } from 'vitest'
import { ConfigError } from '#server/config'
import { readWorld } from './read-world.ts'

test.each<[string, unknown, string]>([
  ['an unknown key', { serviceProvider: [] }, 'serviceProvider: unknown key, did you mean serviceProviders?'],
  [
    'an unknown key in a list',
    { users: [{ name: 'a' }, { name: 'b', mail: 'x' }] },
    'users[1].mail: unknown key, did you mean email?',
  ],
  [
    'an unknown key in a group',
    { keys: { certificate: 'a', privateKey: 'b', key: 'c' } },
    'keys.key: unknown key, known are certificate, privateKey',
  ],
  [
    'an unknown key like no other',
    { lifetimes: { zzz: 1 } },
    'lifetimes.zzz: unknown key, known are sessionSeconds, assertionSeconds, logoutRequestSeconds, pendingSeconds',
  ],
  [
    'a misspelled key whose value is then missing',
    { users: [{ nmae: 'dana' }] },
    'users[0].nmae: unknown key, did you mean name?',
  ],
  [
    'an unknown word of tolerate',
    { idp: { tolerate: ['unsignd'] } },
    'idp.tolerate[0]: expected one of longRelayState, weakAlgorithms, unsigned, noDestination, looseNameId, found the text "unsignd"',
  ],
  [
    'an unknown word of tolerate at a service provider',
    { serviceProviders: [{ metadata: 'a.xml', tolerate: ['SHA-1'] }] },
    'serviceProviders[0].tolerate[0]: expected one of longRelayState, weakAlgorithms, unsigned, noDestination, looseNameId, found the text "SHA-1"',
  ],
  [
    'an unknown format of NameIDs',
    { serviceProviders: [{ metadata: 'a.xml', nameIdFormat: 'email' }] },
    'serviceProviders[0].nameIdFormat: expected one of transient, persistent, emailAddress, unspecified or a URN, found the text "email"',
  ],
  ['an unknown key in the block idp', { idp: { tolerates: [] } }, 'idp.tolerates: unknown key, did you mean tolerate?'],
  // cases/robustness.md C3
  [
    'a lifetime beyond what a date can hold',
    { lifetimes: { sessionSeconds: 1e300 } },
    'lifetimes.sessionSeconds: expected a number of at most 3155760000, found the number 1e+300',
  ],
  [
    'a skew beyond all time',
    { skewSeconds: 1e300 },
    'skewSeconds: expected a number of at most 3155760000, found the number 1e+300',
  ],
  [
    'a name of a service provider in two lines',
    { serviceProviders: [{ metadata: 'a.xml', name: 'a\nb' }] },
    'serviceProviders[0].name: it holds the character U+000A at position 2, which cannot be written there',
  ],
  ['a wrong type', { users: 'alice' }, 'users: expected a list, found the text "alice"'],
  ['a missing name', { users: [{}] }, 'users[0].name: expected a text, found nothing'],
  ['no mapping', 'alice', 'the world: expected a mapping, found the text "alice"'],
])('a file with %s is refused by its dotted path', (_case, parsed, message) => {
  expect(() => readWorld(parsed)).toThrow(new ConfigError(message))
})
