import { basePathOf, withoutBasePath } from '#server/base-path'
import { loadOnce } from '#server/load-once'
import { pathOf } from '#server/path-of'
import type { Fetch } from '#server/serve'
import type { RunningParties } from '../roles/running-parties.ts'
import type { Admission } from './admission.ts'

const root = '/_sloop'

/**
 * Serves the control API of the whole process in front of one role, which is at this address; readiness, which answers anybody, and everything else go to the role. Nothing of the API is loaded before it is
 * called.
 */
export function serveControl(
  role: Fetch,
  {
    url,
    parties,
    admission,
  }: { readonly url: string; readonly parties: RunningParties; readonly admission: Admission },
): Fetch {
  const { origin } = new URL(url)
  const basePath = basePathOf(new URL(url))
  const dispatcher = loadOnce(async () => {
    const { createDispatcher } = await import('./dispatcher.ts')
    return createDispatcher({ at: `${origin}${basePath}`, parties, admission, pathOf: ownPathOf })
  })
  const ownPathOf = (request: Request): string => withoutBasePath(pathOf(request), basePath)
  return async (request, env) => {
    const path = ownPathOf(request)
    if ((path !== root && !path.startsWith(`${root}/`)) || path === `${root}/ready`) return role(request, env)
    return (await dispatcher())(request, env)
  }
}
