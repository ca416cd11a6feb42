import type { Method, Route } from './route.ts'

export type RouteMatch =
  | { readonly kind: 'route'; readonly route: Route; readonly pathParameter: string }
  /** The path exists, for these methods. */
  | { readonly kind: 'other-methods'; readonly methods: readonly Method[] }
  | { readonly kind: 'none' }

type Methods = Map<string, Route>

/** Finds routes by path and method. A path without a parameter wins over one with. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => RouteMatch {
  const exact = new Map<string, Methods>()
  const parameterised = new Map<string, Methods>()
  for (const route of routes) {
    const [, prefix] = /^(.*\/)\{\w+\}$/.exec(route.path) ?? []
    const table = prefix === undefined ? exact : parameterised
    const key = prefix ?? route.path
    table.set(key, (table.get(key) ?? new Map()).set(route.method, route))
  }

  return function findRoute(method, rawPath) {
    const path = normalise(rawPath)
    const found = exact.get(path)
    if (found !== undefined) return matchMethod(found, method, '')
    const start = path.lastIndexOf('/') + 1
    const methods = parameterised.get(path.slice(0, start))
    if (methods === undefined || start === path.length) return { kind: 'none' }
    return matchMethod(methods, method, decode(path.slice(start)))
  }
}

function matchMethod(methods: Methods, method: string, pathParameter: string): RouteMatch {
  const route = methods.get(method)
  if (route !== undefined) return { kind: 'route', route, pathParameter }
  return { kind: 'other-methods', methods: [...methods.values()].map((other) => other.method) }
}

/** A node's path has neither empty segments nor a slash at its end. */
function normalise(path: string): string {
  const clean = path.includes('//') ? path.replace(/\/{2,}/g, '/') : path
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    // Not the form of any realm's name, so the text as it came serves to say that there is no such realm.
    return segment
  }
}
