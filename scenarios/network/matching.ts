import { type Head, splitTarget } from './split-target.ts'

/** Whether a request goes where a condition says: to this very path, or with `/*` at its end to it and all that are below it. */
export function isForPath(wanted: string | undefined, target: string): boolean {
  if (wanted === undefined) return true
  const { path } = splitTarget(target)
  if (!wanted.endsWith('/*')) return path === wanted
  const above = wanted.slice(0, -'/*'.length)
  return path === above || path.startsWith(`${above}/`)
}

/** Whether a request has a parameter of this name, in its query or in a form that it posts. */
export function carries(name: string, { target, headers }: Head, body: Buffer): boolean {
  const { query = '' } = splitTarget(target)
  return hasParameter(query, name) || (isForm(headers) && hasParameter(body.toString('latin1'), name))
}

const hasParameter = (query: string, name: string): boolean =>
  query.split('&').some((pair) => pair.split('=', 1)[0] === name)

const isForm = (headers: readonly string[]): boolean =>
  headers.some((text, at) => {
    const value = at % 2 === 0 && text.toLowerCase() === 'content-type' ? headers[at + 1] : undefined
    return value?.toLowerCase().startsWith('application/x-www-form-urlencoded') === true
  })
