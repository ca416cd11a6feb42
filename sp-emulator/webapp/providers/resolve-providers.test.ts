import { expect, test } from 'vitest'
import { ConfigError } from '#server/config'
import type { ProviderOptions } from './provider.ts'
import { resolveProviders } from './resolve-providers.ts'

const acs = 'http://app.test/acs'

test('without a choice there is one SAML provider, whose realm is found by the ACS', () => {
  expect(resolveProviders({ acs })).toEqual([
    { type: 'saml', name: 'saml', label: 'Log in with saml', address: { acs }, useRelayStateDeepLink: false },
  ])
})

test('a realm alone is the realm of the one provider', () => {
  expect(resolveProviders({ acs, realm: 'orders' })).toMatchObject([{ name: 'saml', address: { realm: 'orders' } }])
})

test('providers keep their order, their names and their labels', () => {
  const providers: ProviderOptions[] = [
    { type: 'basic', name: 'basic1', label: 'Log in with a password' },
    { type: 'saml', name: 'saml1', realm: 'orders', useRelayStateDeepLink: true },
  ]
  expect(resolveProviders({ acs, providers })).toMatchObject([
    { type: 'basic', name: 'basic1', label: 'Log in with a password' },
    {
      type: 'saml',
      name: 'saml1',
      label: 'Log in with saml1',
      address: { realm: 'orders' },
      useRelayStateDeepLink: true,
    },
  ])
})

const saml = (name: string): ProviderOptions => ({ type: 'saml', name })
const basic = (name: string): ProviderOptions => ({ type: 'basic', name })

test.each<[string, readonly ProviderOptions[]]>([
  ['providers: at least one is needed.', []],
  ['providers: the name [a] is given twice.', [saml('a'), basic('a')]],
  ['providers: only one of the type basic can be told apart on a login page.', [basic('a'), basic('b')]],
  ['providers: [a b] is no name; use letters, digits, dots, hyphens and underscores.', [saml('a b')]],
])('%s', (message, providers) => {
  expect(() => resolveProviders({ acs, providers })).toThrow(new ConfigError(message))
})

test('a realm beside providers belongs to none of them', () => {
  expect(() => resolveProviders({ acs, realm: 'orders', providers: [saml('a')] })).toThrow(
    new ConfigError('realm: give it to one of the providers, since providers are given.'),
  )
})
