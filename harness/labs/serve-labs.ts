import { basePathOf, withoutBasePath } from '#server/base-path'
import { pathOf } from '#server/path-of'
import type { Fetch } from '#server/serve'
import type { Labs } from '../roles/running-parties.ts'
import type { Door } from './lab-opening.ts'

/** Serves the labs of a server, each below `/labs/<id>`, in front of the role that has this door. */
export function serveLabs(role: Fetch, door: Door, labs: Pick<Labs, 'serve'>): Fetch {
  const basePath = basePathOf(new URL(door.url))
  return (request, env) => {
    // Hardly any request is for a lab.
    if (!request.url.includes('/labs/')) return role(request, env)
    const path = withoutBasePath(pathOf(request), basePath)
    const [, id] = /^\/labs\/([^/]+)(?:\/|$)/.exec(path) ?? []
    return id === undefined ? role(request, env) : labs.serve(id, door)(request, env)
  }
}
