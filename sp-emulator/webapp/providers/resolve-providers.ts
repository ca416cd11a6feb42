import { ConfigError } from '#server/config'
import type { Provider, ProviderOptions } from './provider.ts'

interface ProviderChoice {
  readonly providers?: readonly ProviderOptions[]
  readonly realm?: string
  /** Our assertion consumer service, which names the realm where nothing else does. */
  readonly acs: string
}

/**
 * The providers in the order in which they are asked.
 *
 * @throws ConfigError when they could not be told apart
 */
export function resolveProviders({ providers, realm, acs }: ProviderChoice): readonly Provider[] {
  if (providers === undefined) {
    return [resolveProvider({ type: 'saml', name: 'saml', ...(realm !== undefined && { realm }) }, acs)]
  }
  if (realm !== undefined) throw new ConfigError('realm: give it to one of the providers, since providers are given.')
  checkProviders(providers)
  return providers.map((provider) => resolveProvider(provider, acs))
}

function checkProviders(providers: readonly ProviderOptions[]): void {
  if (providers.length === 0) throw new ConfigError('providers: at least one is needed.')
  const names = providers.map(({ name }) => name)
  const unusable = names.find((name) => !/^[\w.-]+$/.test(name))
  if (unusable !== undefined) {
    throw new ConfigError(`providers: [${unusable}] is no name; use letters, digits, dots, hyphens and underscores.`)
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) throw new ConfigError(`providers: the name [${repeated}] is given twice.`)
  if (providers.filter(({ type }) => type === 'basic').length > 1) {
    throw new ConfigError('providers: only one of the type basic can be told apart on a login page.')
  }
}

function resolveProvider(options: ProviderOptions, acs: string): Provider {
  const { name, label = `Log in with ${name}` } = options
  if (options.type === 'basic') return { type: 'basic', name, label }
  const { realm, useRelayStateDeepLink = false } = options
  return { type: 'saml', name, label, address: realm === undefined ? { acs } : { realm }, useRelayStateDeepLink }
}
