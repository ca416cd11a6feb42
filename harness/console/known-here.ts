import { controlInProcess } from '../control/in-process.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { participantsIn } from './parties-here.ts'

/** Something of a lab that a field of a form can name. */
export interface Known {
  /** What is written in the field. */
  readonly value: string
  /** What it is to a person, where that is another. */
  readonly label?: string
}

/** What a lab has that fields can name, oldest first. */
export interface KnownHere {
  /** By their names. */
  readonly parties: readonly Known[]
  /** Those who write SAML: the only ones that can have a fault. */
  readonly writers: readonly Known[]
  readonly partners: readonly Known[]
  readonly users: readonly Known[]
  readonly serviceProviders: readonly Known[]
  readonly sessions: readonly (Known & { readonly serviceProviders: readonly string[] })[]
  readonly realms: readonly Known[]
  readonly tokens: readonly Known[]
  readonly faults: readonly Known[]
  readonly labs: readonly Known[]
}

/** What there is to name in a lab at this moment. */
export async function knownHere(parties: RunningParties): Promise<KnownHere> {
  const { idp, es, partners, labs, places } = parties
  const { idp: ofIdp, es: ofEs, faults } = controlInProcess(parties)
  const [users, providers, sessions, tokens, armed] = await Promise.all([
    idp && ofIdp.users.list(),
    idp && ofIdp.serviceProviders.list(),
    idp && ofIdp.sessions.list(),
    es && ofEs.tokens.list(),
    faults.list(),
  ])
  const writers = [...(idp === undefined ? [] : ['idp']), ...partners.keys()]
  return {
    parties: places.map(({ name }) => ({ value: name })),
    writers: writers.map((value) => ({ value })),
    partners: [...partners.keys()].map((value) => ({ value })),
    users: (users?.users ?? []).map(({ name }) => ({ value: name })),
    serviceProviders: (providers?.serviceProviders ?? []).map(({ entityId }) => ({
      value: entityId,
      ...labelled(partyOf(entityId, parties)),
    })),
    sessions: (sessions?.sessions ?? []).map(({ id, user, participants }) => ({
      ...{ value: id, label: user },
      serviceProviders: participants.map(({ serviceProvider }) => serviceProvider),
    })),
    realms: (es?.realms ?? []).map(({ name }) => ({ value: name })),
    tokens: (tokens?.tokens ?? []).map(({ id, username }) => ({ value: id, label: username })),
    faults: armed.faults.map(({ id, change }) => ({ value: id, label: JSON.stringify(change) })),
    labs: (labs?.list() ?? []).map(({ id }) => ({ value: id })),
  }
}

const labelled = (label: string | undefined) => (label === undefined ? {} : { label })

const partyOf = (entityId: string, parties: RunningParties): string | undefined =>
  participantsIn(parties).find(({ entityIds }) => entityIds.includes(entityId))?.name
