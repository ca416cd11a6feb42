import { type MintedMessage, type OperatorStep, ownSessionIndex, type Where } from '../scenario/steps.ts'
import { newestLike, withEntityIds } from './newest-entry.ts'
import type { Stage } from './stage.ts'

type ByHand = Extract<OperatorStep, { kind: 'introduce-by-hand' }>

/** Takes one step of somebody at the control API. @throws ControlError, or Error, in one sentence when it cannot be taken */
export async function takeOperatorStep(step: OperatorStep, stage: Stage): Promise<void> {
  const { idp, faults, clocks, partners, journal } = stage.lab
  switch (step.kind) {
    case 'arm-fault': {
      const { to, ...fault } = await withOwnSessionIndex(step.fault, stage)
      await faults.arm({ ...fault, ...(to !== undefined && { to: await stage.entityIdOf(to) }) })
      return
    }
    case 'set-clock':
      await clocks.set(step.party, step.to)
      return
    case 'change-behaviour':
      await idp.behaviour.change(step.to)
      return
    case 'change-partner':
      await partners.change(step.name, { temper: step.temper } as Parameters<typeof partners.change>[1])
      return
    case 'rotate-key':
      await idp.keys.rotate({ publish: step.publish })
      return
    case 'end-idp-session':
      return endSessions(step.user, stage)
    case 'forget-service-provider':
      await idp.serviceProviders.remove(await stage.entityIdOf(step.name))
      return
    case 'introduce-by-hand':
      return introduce(step, stage)
    case 'mint':
      return stage.attributing(step.by?.browser, () => carryMinted(step, stage))
    case 'wait-for':
      await journal.waitFor({ match: await withEntityIds(step.message, stage) })
      return
  }
}

/** The same with the SessionIndex of the newest login in the place of the word for it. */
async function withOwnSessionIndex<T>(given: T, stage: Stage): Promise<T> {
  const text = JSON.stringify(given)
  if (!text.includes(ownSessionIndex)) return given
  const { sessionIndexes } = await newestLike({ what: 'Response', party: 'idp' }, stage)
  return JSON.parse(text.replaceAll(ownSessionIndex, sessionIndexes[0] ?? '')) as T
}

async function introduce({ name, encrypts = false, by }: ByHand, stage: Stage): Promise<void> {
  const { parties, realms } = await stage.lab.world()
  const realm = realms.find((each) => each.name === name)
  const party = parties.find((each) => each.name === name)
  const entityId = party?.entityId ?? realm?.entityId
  const { acs = realm?.acs } = (party?.endpoints ?? {}) as Readonly<Record<string, string>>
  if (!entityId || !acs) throw new Error(`[${name}] is no service provider of this world`)
  const location = new URL('/logout', acs).href
  const logout = by === undefined ? { slo: location } : { singleLogout: [{ binding: by, location }] }
  const certificates = encrypts && party?.certificate ? [party.certificate] : []
  await stage.lab.idp.serviceProviders.add({ name, entityId, acs, ...logout, certificates })
}

async function endSessions(user: string, { lab: { idp } }: Stage): Promise<void> {
  const { sessions } = await idp.sessions.list()
  const theirs = sessions.filter((session) => session.user === user)
  if (theirs.length === 0) throw new Error(`[${user}] has no session at the IdP that could be ended`)
  await Promise.all(theirs.map(({ id }) => idp.sessions.end(id)))
}

async function carryMinted({ message, by = {} }: { message: MintedMessage; by?: Where }, stage: Stage): Promise<void> {
  const { to, user, ...wanted } = message
  const session = user === undefined ? undefined : await newestSessionOf(user, stage)
  const minted = await stage.lab.idp.mint({
    ...wanted,
    to: await stage.entityIdOf(to),
    ...(session !== undefined && { session }),
  })
  const tab = await stage.tab(by)
  if ('url' in minted) return tab.open(minted.url)
  if ('form' in minted) return tab.post(minted.form)
  throw new Error('a message by SOAP is carried by no browser')
}

async function newestSessionOf(user: string, { lab: { idp } }: Stage): Promise<string> {
  const { sessions } = await idp.sessions.list()
  const newest = sessions.filter((session) => session.user === user).at(-1)
  if (newest === undefined) throw new Error(`[${user}] has no session at the IdP`)
  return newest.id
}
