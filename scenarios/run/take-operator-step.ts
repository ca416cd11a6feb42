import type { MintedMessage, OperatorStep, Where } from '../scenario/steps.ts'
import { withEntityIds } from './newest-entry.ts'
import type { Stage } from './stage.ts'

/** Takes one step of somebody at the control API. @throws ControlError, or Error, in one sentence when it cannot be taken */
export async function takeOperatorStep(step: OperatorStep, stage: Stage): Promise<void> {
  const { idp, faults, clocks, partners, journal } = stage.lab
  switch (step.kind) {
    case 'arm-fault': {
      const { to, ...fault } = step.fault
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
    case 'mint':
      return stage.attributing(step.by?.browser, () => carryMinted(step, stage))
    case 'wait-for':
      await journal.waitFor({ match: await withEntityIds(step.message, stage) })
      return
  }
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
