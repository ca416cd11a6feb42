/** A login under way: the id of its AuthnRequest and the page that the browser wanted. */
export interface PendingLogin {
  readonly id: string
  readonly wantedPath: string
}

/** Kibana's limit (web-app-flows §1.3). */
const maxPending = 50

/** Adds a login; the oldest one makes room for the fifty-first. */
export function addPendingLogin(pending: readonly PendingLogin[], login: PendingLogin): readonly PendingLogin[] {
  return [...pending, login].slice(-maxPending)
}

interface FinishedLogin {
  readonly wantedPath: string | undefined
  readonly stillPending: readonly PendingLogin[]
}

/**
 * Finds the pending login that a Response finished.
 *
 * A node before 9.3 does not say which one it was. A single one is then taken for it; of several the latest gives the page,
 * and all of them stay pending, because forgetting the wrong one would make another tab's login fail.
 */
export function finishPendingLogin(pending: readonly PendingLogin[], inResponseTo: string | undefined): FinishedLogin {
  const latest = pending.at(-1)
  if (inResponseTo === undefined) {
    return { wantedPath: latest?.wantedPath, stillPending: pending.length > 1 ? pending : [] }
  }
  return {
    wantedPath: pending.find(({ id }) => id === inResponseTo)?.wantedPath,
    stillPending: pending.filter(({ id }) => id !== inResponseTo),
  }
}
