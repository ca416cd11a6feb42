/** Keeps what the comma-separated dotted paths of `filter_path` name; `*` stands for any one name (spec §1.4). */
export function filterByPath(body: object, filterPath: string): object {
  const paths = filterPath.split(',').map((path) => path.trim().split('.'))
  return pick(body, paths)
}

function pick(value: object, paths: readonly (readonly string[])[]): object {
  const kept: [name: string, value: unknown][] = []
  for (const [name, child] of Object.entries(value)) {
    const rests = paths.filter(([head]) => head === '*' || head === name).map(([, ...rest]) => rest)
    const found = pickChild(child, rests)
    if (found !== undefined) kept.push([name, found])
  }
  return Object.fromEntries(kept)
}

function pickChild(child: unknown, rests: readonly (readonly string[])[]): unknown {
  if (rests.some((rest) => rest.length === 0)) return child
  if (rests.length === 0 || typeof child !== 'object' || child === null) return undefined
  if (Array.isArray(child)) return child.map((item) => pickChild(item, rests)).filter((item) => item !== undefined)
  const found = pick(child, rests)
  return Object.keys(found).length === 0 ? undefined : found
}
