import type { Dialect } from '../dialect.ts'
import type { Route } from './route.ts'

/** The calls that a node of this version has, under the paths by which it answers them (spec §1.14). */
export function routesOf(routes: readonly Route[], dialect: Dialect): readonly Route[] {
  return routes.flatMap((route) => {
    if (route.isKnownTo !== undefined) return route.isKnownTo(dialect) ? [route] : []
    return route.path.startsWith('/_security/') ? underItsPaths(route, dialect) : [route]
  })
}

function underItsPaths(route: Route, { oldPaths }: Dialect): readonly Route[] {
  const oldPath = route.path.replace('/_security/', '/_xpack/security/')
  switch (oldPaths) {
    case 'native':
      return [{ ...route, path: oldPath }]
    case 'deprecated':
      return [route, deprecated(route, oldPath)]
    case 'compatible-with-7':
      return [route, { ...deprecated(route, oldPath), compatibleWith: 7 }]
    case 'gone':
      return [route]
  }
}

function deprecated(route: Route, path: string): Route {
  const { method } = route
  return {
    ...route,
    path,
    handle: (call) => {
      call.warn(`[${method} ${path}] is deprecated! Use [${method} ${route.path}] instead.`)
      return route.handle(call)
    },
  }
}
