import { ConfigError } from '#server/config-error'
import { type PartnerCount, type PartnerParty, planPartners } from './plan-partners.ts'
import type { CheckedWorld } from './world.ts'

type Profile = NonNullable<NonNullable<CheckedWorld['applications']>[number]['profile']>
type ProviderParty = NonNullable<NonNullable<CheckedWorld['applications']>[number]['providers']>[number]
type SameSite = NonNullable<NonNullable<CheckedWorld['applications']>[number]['sameSite']>

/** A web application of ours. */
export interface ApplicationParty {
  /** Its host is `<name>.localhost`. */
  readonly name: string
  /** The realm that it asks for by name; without one the realm is found by its ACS. */
  readonly realm?: string | undefined
  /** The ways to log in; by the one realm unless given. */
  readonly providers?: readonly ProviderParty[] | undefined
  readonly profile?: Profile | undefined
  readonly selector?: boolean | undefined
  readonly sameSite?: SameSite | undefined
}

/** A SAML realm that is made for an application, of ours or of somebody else. */
export interface RealmParty {
  readonly name: string
  /** Where it stands in the world, for messages. */
  readonly path: string
  /** The application of ours that it serves: that decides what is left out. */
  readonly application?: string | undefined
  readonly acs?: string | undefined
  readonly logout?: string | undefined
  readonly entityId?: string | undefined
  readonly settings: Readonly<Record<string, unknown>>
  readonly encryption: boolean
  /** An address, a file or the text of another IdP's metadata; that of ours when absent. */
  readonly idpMetadata?: string | undefined
  /** Our IdP is known to it as it was at the start. */
  readonly isStale?: boolean | undefined
}

export interface Parties {
  readonly applications: readonly ApplicationParty[]
  readonly partners: readonly PartnerParty[]
  readonly realms: readonly RealmParty[]
}

export interface PartyOptions extends Partial<Omit<PartnerCount, 'taken'>> {
  /** The realms of an `elasticsearch.yml`, undefined without one. */
  readonly ownRealms?: readonly string[] | undefined
  /** What the first application is told, whatever the world says. */
  readonly appProfile?: Profile | undefined
  readonly appSelector?: boolean | undefined
}

/**
 * Who runs in a world, and with what realms: an application has one of its own name, `app` has `saml1`, unless the world or an `elasticsearch.yml` describes it.
 * @throws ConfigError naming the dotted path of a name that two have, or of a realm that nobody can reach.
 */
export function planParties(world: CheckedWorld, options: PartyOptions = {}): Parties {
  const named = world.applications ?? (world.realms === undefined ? [{ name: 'app' }] : [])
  refuseTwins([...places('applications', named), ...places('partners', world.partners ?? [])])
  refuseTwins(places('realms', world.realms ?? []))
  const applications = named.map((application, index) => {
    const { name, realm, providers, profile, selector, sameSite } = application
    const first = index === 0 ? options : {}
    return {
      name,
      realm,
      providers,
      profile: first.appProfile ?? profile,
      selector: first.appSelector ?? selector,
      sameSite,
    }
  })
  const partners = planPartners(world.partners ?? [], { ...options, taken: named.map(({ name }) => name) })
  return { applications, partners, realms: [...describedRealms(world, named), ...impliedRealms(world, named, options)] }
}

type NamedApplications = readonly NonNullable<CheckedWorld['applications']>[number][]

function realmsOf({ name, realm, providers }: NamedApplications[number]): readonly string[] {
  if (providers === undefined) return [realm ?? (name === 'app' ? 'saml1' : name)]
  return providers.flatMap((provider) => (provider.type === 'saml' ? [provider.realm] : []))
}

/** The realms that the world describes. */
function describedRealms(world: CheckedWorld, applications: NamedApplications): readonly RealmParty[] {
  return (world.realms ?? []).map((realm, index) => {
    const { settings = {}, encryption = false, idpMetadata, ...described } = realm
    const application = applications.find((each) => realmsOf(each).includes(realm.name))?.name
    const path = `realms[${index}]`
    if (application === undefined && realm.acs === undefined) {
      throw new ConfigError(`${path}.acs: expected an address, found nothing, and no application has the realm`)
    }
    const isStale = idpMetadata === 'stale' || undefined
    return { ...described, path, application, settings, encryption, idpMetadata: foreign(idpMetadata), isStale }
  })
}

const foreign = (idpMetadata: string | undefined): string | undefined =>
  idpMetadata === 'live' || idpMetadata === 'stale' ? undefined : idpMetadata

/** The realms that nobody describes, though an application wants them. */
function impliedRealms(
  world: CheckedWorld,
  applications: NamedApplications,
  { ownRealms }: PartyOptions,
): readonly RealmParty[] {
  // The application that always runs finds its realm among those of the file, by its ACS.
  if (world.applications === undefined && ownRealms !== undefined) return []
  const described = [...(world.realms ?? []).map(({ name }) => name), ...(ownRealms ?? [])]
  const implied = applications.flatMap((application, index) => {
    const { name, settings = {} } = application
    const described = { path: `applications[${index}]`, application: name, settings, encryption: false }
    return realmsOf(application).map((realm) => ({ ...described, name: realm }))
  })
  const wanted = implied.filter(({ name }) => !described.includes(name))
  const twin = wanted.find(({ name }, index) => wanted.findIndex((other) => other.name === name) !== index)
  if (twin !== undefined)
    throw new ConfigError(`${twin.path}.realm: another application has the realm [${twin.name}] already`)
  return wanted
}

interface Named {
  readonly name: string
  /** Where it stands in the world. */
  readonly path: string
}

const places = (list: string, named: readonly { readonly name: string }[]): readonly Named[] =>
  named.map(({ name }, index) => ({ name, path: `${list}[${index}]` }))

function refuseTwins(named: readonly Named[]): void {
  named.forEach(({ name, path }, index) => {
    const first = named.find((other) => other.name === name)
    if (first !== named[index]) throw new ConfigError(`${path}.name: ${first?.path} is called [${name}] already`)
  })
}
