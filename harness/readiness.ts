import type { Fetch } from '#server/serve'

const path = '/_sloop/ready'

/** Answers `/_sloop/ready` with 200 once `isReady` holds, with 503 before; everything else goes to the role. */
export function withReadiness(fetch: Fetch, isReady: () => boolean): Fetch {
  return (request, env) => {
    if (new URL(request.url).pathname !== path) return fetch(request, env)
    return Response.json({ ready: isReady() }, { status: isReady() ? 200 : 503 })
  }
}
