import type { Behaviour, BehaviourOptions } from '../behaviour.ts'
import { checkUser } from '../config.ts'
import { type Rotation, rotateKey } from '../directory/rotate-key.ts'
import type { TrustedSp } from '../directory/trusted-sp.ts'
import type { User } from '../directory/users.ts'
import { checkStillValid } from '../directory/valid-metadata.ts'
import type { IdpParts } from '../parts.ts'
import { noteEnded } from '../sessions/note-ended.ts'
import { type KeyState, listKeys } from './key-state.ts'
import { accountOfLogout, accountsOfUser, type LogoutAccount } from './logout-account.ts'
import { getLogout, type LogoutState, type LogoutWish, listLogouts, logOutWithoutBrowser } from './logout-state.ts'
import { type ServiceProviderState, serviceProviderState } from './service-provider-state.ts'
import { type SessionState, sessionState } from './session-state.ts'
import { type SignedIn, type SignInWish, signInWithoutBrowser } from './sign-in-state.ts'
import { NotThere, type Thing } from './state-refusal.ts'

/** Whether something is new or stands in the place of what had its name. */
export type Put = 'added' | 'replaced'

/** What can be known and changed of an IdP while it runs, without a browser and without HTTP. Everything takes effect with the next message. */
export interface IdpState {
  listUsers(): readonly User[]
  /** @throws ConfigError naming the value that cannot be written */
  putUser(user: User): Put
  /** Its sessions stay. @throws NotThere */
  deleteUser(name: string): void
  listServiceProviders(): readonly ServiceProviderState[]
  /** @throws SamlError when it cannot be trusted */
  addServiceProvider(sp: TrustedSp): { readonly put: Put; readonly serviceProvider: ServiceProviderState }
  /** @throws NotThere */
  removeServiceProvider(entityId: string): void
  /** Oldest first. */
  listSessions(): Promise<readonly SessionState[]>
  /** @throws NotThere, Refused */
  signIn(wish: SignInWish): Promise<SignedIn>
  /** Silently: nobody is told. @throws NotThere */
  endSession(id: string): Promise<void>
  /** @throws NotThere */
  startLogout(wish: LogoutWish): Promise<{ readonly id: string; readonly url: string }>
  listLogouts(): Promise<readonly LogoutState[]>
  /** @throws NotThere */
  getLogout(id: string): Promise<LogoutState>
  /** @throws NotThere */
  accountOfLogout(id: string): Promise<LogoutAccount>
  /** Oldest first. @throws NotThere */
  accountsOfUser(user: string): Promise<readonly LogoutAccount[]>
  behaviour(): Behaviour
  /** @throws ConfigError naming the value that cannot be used */
  changeBehaviour(given: BehaviourOptions): Behaviour
  listKeys(): readonly KeyState[]
  /** Answers the new key. */
  rotateKey(rotation: Rotation): Promise<KeyState>
  /** Everything as after the start. */
  reset(): Promise<void>
}

export function createIdpState(parts: IdpParts): IdpState {
  const { config, users, serviceProviders, sessions, behaviour } = parts
  const userNames = () => users.list().map(({ name }) => name)
  const entityIds = () => serviceProviders.list().map(({ metadata }) => metadata.entityId)
  return {
    listUsers: users.list,
    putUser: (user) => {
      checkUser(user)
      const put = users.find(user.name) === undefined ? 'added' : 'replaced'
      users.put(user)
      return put
    },
    deleteUser: (name) => {
      mustBeThere('user', name, userNames())
      users.remove(name)
    },
    listServiceProviders: () => serviceProviders.list().map(serviceProviderState),
    addServiceProvider: (sp) => {
      checkStillValid(sp.metadata, config.clock.now())
      const put = serviceProviders.get(sp.metadata.entityId) === undefined ? 'added' : 'replaced'
      serviceProviders.add(sp)
      return { put, serviceProvider: serviceProviderState(sp) }
    },
    removeServiceProvider: (entityId) => {
      mustBeThere('service provider', entityId, entityIds())
      serviceProviders.remove(entityId)
    },
    listSessions: async () => (await sessions.list()).map(sessionState),
    signIn: (wish) => signInWithoutBrowser(parts, wish),
    endSession: async (id) => {
      const ended = await sessions.end(id)
      if (ended !== undefined) return noteEnded(parts, [ended], { endedBy: 'control' })
      const known = (await sessions.list()).map((each) => each.id)
      mustBeThere('session', id, known)
    },
    startLogout: (wish) => logOutWithoutBrowser(parts, wish),
    listLogouts: () => listLogouts(parts),
    getLogout: (id) => getLogout(parts, id),
    accountOfLogout: (id) => accountOfLogout(parts, id),
    accountsOfUser: (user) => accountsOfUser(parts, user),
    behaviour: behaviour.now,
    changeBehaviour: behaviour.change,
    listKeys: () => listKeys(config.keys),
    rotateKey: async (rotation) => {
      const { certificatePem } = await rotateKey(config, rotation)
      return listKeys(config.keys).find(({ certificate }) => certificate === certificatePem) as KeyState
    },
    reset: () => reset(parts),
  }
}

function mustBeThere(what: Thing, actual: string, known: readonly string[]): void {
  if (!known.includes(actual)) throw new NotThere(what, { actual, known })
}

async function reset(parts: IdpParts): Promise<void> {
  const {
    config,
    users,
    serviceProviders,
    behaviour,
    sessions,
    logoutRuns,
    ssoTasks,
    seenRequests,
    tolerations,
    repeats,
  } = parts
  for (const part of [users, serviceProviders, behaviour, config.keys]) part.reset()
  await Promise.all([sessions, logoutRuns, ssoTasks, seenRequests, repeats, tolerations].map((part) => part.clear()))
}
