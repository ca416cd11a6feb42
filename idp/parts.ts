import { type CurrentBehaviour, createCurrentBehaviour } from './behaviour.ts'
import type { IdpConfig } from './config.ts'
import { createSpDirectory, type SpDirectory } from './directory/sp-directory.ts'
import { createUserDirectory, type UserDirectory } from './directory/users.ts'
import { createRepeats, type Repeats } from './faults/repeat.ts'
import { createTolerations, type Tolerations } from './inbox/tolerations.ts'
import { noteEnded } from './sessions/note-ended.ts'
import { createSessionStore, type SessionStore } from './sessions/session-store.ts'
import { createLogoutRunStore, type LogoutRunStore } from './slo/logout-run-store.ts'
import { createSeenRequests, type SeenRequests } from './slo/seen-requests.ts'
import { createSsoTaskStore, type SsoTaskStore } from './sso/sso-task-store.ts'

/** What an IdP consists of beside its configuration: everything that changes while it runs. */
export interface IdpParts {
  readonly config: Readonly<IdpConfig>
  readonly behaviour: CurrentBehaviour
  readonly users: UserDirectory
  readonly serviceProviders: SpDirectory
  readonly sessions: SessionStore
  readonly ssoTasks: SsoTaskStore
  readonly logoutRuns: LogoutRunStore
  readonly seenRequests: SeenRequests
  readonly tolerations: Tolerations
  readonly repeats: Repeats
}

const capacity = 10_000
/** Fewer, since each holds what was asked. */
const ssoTaskCapacity = 1_000

export function makeIdpParts(config: Readonly<IdpConfig>): IdpParts {
  const { clock, lifetimes, store } = config
  const lifetimeMs = lifetimes.pendingSeconds * 1_000
  const behaviour = createCurrentBehaviour(store, config.behaviour)
  const { signedParts, skewMs } = config
  const forAll = { signedParts, lifetimes, skewMs, tolerate: () => behaviour.now().tolerate }
  return {
    config,
    behaviour,
    users: createUserDirectory(store, config.users),
    serviceProviders: createSpDirectory(store, { initial: config.serviceProviders, forAll }),
    sessions: createSessionStore(store, {
      ...{ clock, capacity },
      lost: (session, endedBy) => noteEnded({ config }, [session], { endedBy }),
    }),
    ssoTasks: createSsoTaskStore(store, { ...config, lifetimeMs, capacity: ssoTaskCapacity }),
    // As long as it may take, and as long again to look at how it ended.
    logoutRuns: createLogoutRunStore(store, { clock, capacity, lifetimeMs: 2 * lifetimeMs }),
    seenRequests: createSeenRequests(store, { clock, capacity }),
    tolerations: createTolerations(store, config),
    repeats: createRepeats(store, { clock, capacity: ssoTaskCapacity }),
  }
}
