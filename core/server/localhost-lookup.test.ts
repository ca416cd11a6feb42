import { expect, test } from 'vitest'
import { isLocalhostName, lookupLocalhost } from './localhost-lookup.ts'

function resolve(hostname: string, options: object): Promise<unknown> {
  return new Promise((done) => lookupLocalhost(hostname, options, (...answer) => done(answer)))
}

test.each([
  ['localhost', true],
  ['idp.localhost', true],
  ['IDP.LocalHost.', true],
  ['notlocalhost', false],
  ['localhost.evil.test', false],
])('localhost and what is below it: %s is %s', (hostname, expected) => {
  expect(isLocalhostName(hostname)).toBe(expected)
})

test('a *.localhost name has both loopback addresses, IPv4 first', async () => {
  expect(await resolve('idp.localhost', { all: true })).toEqual([
    null,
    [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ],
  ])
})

test.each([
  [{}, '127.0.0.1', 4],
  [{ family: 0 }, '127.0.0.1', 4],
  [{ family: 6 }, '::1', 6],
  [{ family: 'IPv6' }, '::1', 6],
])('a *.localhost name has the address of the family asked for: %o', async (options, address, family) => {
  expect(await resolve('idp.localhost', options)).toEqual([null, address, family])
})

test('any other name is left to the system', async () => {
  expect(await resolve('192.0.2.7', {})).toEqual([null, '192.0.2.7', 4])
})
