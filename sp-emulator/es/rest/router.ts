import type { Method, Route } from './route.ts'

export type RouteMatch =
  | { readonly kind: 'route'; readonly route: Route; readonly pathParameter: string }
  /** The path exists, for these methods. */
  | { readonly kind: 'other-methods'; readonly methods: readonly Method[] }
  | { readonly kind: 'none' }

type Methods = Map<string, Route>

/** Stands for any segment; no request has it in its path, where braces are escaped. */
const parameter = '{}'

/** Finds routes by path and method. A path without a parameter wins over one with; at most one segment is a parameter. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => RouteMatch {
  const table = new Map<string, Methods>()
  for (const route of routes) {
    const key = route.path.replace(/\{\w+\}/, parameter)
    table.set(key, (table.get(key) ?? new Map()).set(route.method, route))
  }

  const deepest = Math.max(...routes.map((route) => route.path.split('/').length))

  return function findRoute(method, rawPath) {
    const path = normalise(rawPath)
    const found = table.get(path)
    if (found !== undefined) return matchMethod(found, method, '')
    const segments = path.split('/', deepest + 1)
    if (segments.length > deepest) return { kind: 'none' }
    // From the end on: most parameters are the last segment.
    for (let index = segments.length - 1; index > 0; index--) {
      const methods = table.get(segments.with(index, parameter).join('/'))
      const segment = segments[index] ?? ''
      if (methods !== undefined && segment !== '') return matchMethod(methods, method, decode(segment))
    }
    return { kind: 'none' }
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
