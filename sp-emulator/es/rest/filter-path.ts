import { isLike } from '#server/glob'

/** A name of a path that is looked for next. */
interface Step {
  readonly name: string
  /** Absent at the end of the path. */
  readonly next: Step | undefined
  /** Behind a `**`, which may go on for any number of names. */
  readonly mayWait: boolean
}

/**
 * What `filter_path` leaves of an answer, as on a node (es:FilterPath): what its comma-separated dotted paths name, without what those
 * with a minus name. `*` in a name is any text, `**` one name or several. What is emptied by that is left out, and nothing said keeps all.
 */
export function filterByPath(body: object, filterPath: string): object {
  const filters = filterPath.split(',').map((filter) => filter.trim())
  const included = parse(filters.filter((filter) => !filter.startsWith('-')))
  const excluded = parse(filters.filter((filter) => filter.startsWith('-')).map((filter) => filter.slice(1).trim()))
  const kept = included.length === 0 ? body : (keep(body, included) ?? {})
  return excluded.length === 0 ? kept : ((drop(kept, excluded) as object | undefined) ?? {})
}

function parse(filters: readonly string[]): readonly Step[] {
  return filters.filter((filter) => filter !== '').flatMap((filter) => firstStep(namesOf(filter)) ?? [])
}

function firstStep(names: readonly string[]): Step | undefined {
  return names.reduceRight<Step | undefined>(
    (next, name, at) => ({ name, next, mayWait: names[at - 1] === '**' }),
    undefined,
  )
}

/** A backslash before a dot keeps the name together, as does nothing before it. */
function namesOf(filter: string): readonly string[] {
  const names: string[] = []
  let start = 0
  for (let dot = filter.indexOf('.'); dot > start; dot = filter.indexOf('.', dot + 1)) {
    if (filter[dot - 1] === '\\') continue
    names.push(filter.slice(start, dot))
    start = dot + 1
  }
  return [...names, filter.slice(start)].map((name) => name.replaceAll('\\.', '.'))
}

function keep(value: unknown, steps: readonly Step[]): object | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return rebuild(value, (child, name) => {
    if (name === undefined) return keep(child, steps)
    const next = advance(steps, name)
    return next === 'arrived' ? child : keep(child, next)
  })
}

function drop(value: unknown, steps: readonly Step[]): unknown {
  if (typeof value !== 'object' || value === null || steps.length === 0 || Object.keys(value).length === 0) return value
  return rebuild(value, (child, name) => {
    if (name === undefined) return drop(child, steps)
    const next = advance(steps, name)
    return next === 'arrived' ? undefined : drop(child, next)
  })
}

/** The same with other children, undefined when none is left. An element of an array has no name: it is looked at as the array is. */
function rebuild(value: object, change: (child: unknown, name?: string) => unknown): object | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item) => change(item)).filter((item) => item !== undefined)
    return items.length === 0 ? undefined : items
  }
  const fields = Object.entries(value).map(([name, child]) => [name, change(child, name)] as const)
  const left = fields.filter(([, child]) => child !== undefined)
  return left.length === 0 ? undefined : Object.fromEntries(left)
}

function advance(steps: readonly Step[], name: string): readonly Step[] | 'arrived' {
  const met = steps.filter((step) => isLike(step.name, name))
  if (met.some(({ next }) => next === undefined)) return 'arrived'
  const following = met.flatMap(({ next }) => next ?? [])
  // Each once: several `**` in a path reach the same step in many ways.
  return [...new Set([...following, ...steps.filter(({ mayWait }) => mayWait)])]
}
