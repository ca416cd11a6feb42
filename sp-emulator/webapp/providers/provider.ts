import type { RealmAddress } from '../elasticsearch-saml.ts'

export type ProviderOptions = SamlProviderOptions | BasicProviderOptions

interface AnyProviderOptions {
  /** Names the provider in addresses and in sessions. */
  readonly name: string
  /** What the button on the login page says; `Log in with <name>` unless said otherwise. */
  readonly label?: string
}

interface SamlProviderOptions extends AnyProviderOptions {
  readonly type: 'saml'
  /** The SAML realm's name. Without it Elasticsearch finds the realm by our assertion consumer service. */
  readonly realm?: string
  /** Whether the RelayState of a Response that nobody asked for may name the page to open. */
  readonly useRelayStateDeepLink?: boolean
}

interface BasicProviderOptions extends AnyProviderOptions {
  readonly type: 'basic'
}

export interface SamlProvider {
  readonly type: 'saml'
  readonly name: string
  readonly label: string
  readonly address: RealmAddress
  readonly useRelayStateDeepLink: boolean
}

export interface BasicProvider {
  readonly type: 'basic'
  readonly name: string
  readonly label: string
}

/** A way to log in, as Kibana calls it (`xpack.security.authc.providers`). */
export type Provider = SamlProvider | BasicProvider

/** Claims that users come by way of an IdP. */
export function isSaml(provider: Provider): provider is SamlProvider {
  return provider.type === 'saml'
}

/** The realm that Elasticsearch is told about, if it is told one by name. */
export function realmName({ address }: SamlProvider): string | undefined {
  return 'realm' in address ? address.realm : undefined
}

/** The configured realm, else the one that the session was made in, else whichever owns the ACS (web-app-flows §1.2). */
export function realmAddress({ address }: SamlProvider, sessionRealm: string | undefined): RealmAddress {
  if ('realm' in address || sessionRealm === undefined) return address
  return { realm: sessionRealm }
}
