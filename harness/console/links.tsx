const pages = [
  ['console', '', 'Console'],
  ['panel', 'console/panel', 'Do something'],
  ['explain', 'console/explain', 'Explain'],
  ['reference', 'reference', 'Control API'],
] as const

/** Where else to go from a page of the console. */
export function Links({ root, current }: { root: string; current?: (typeof pages)[number][0] }) {
  return (
    <>
      {pages.map(([name, path, title]) => (
        <a href={`${root}${path}`} aria-current={name === current ? 'page' : undefined}>
          {title}
        </a>
      ))}
    </>
  )
}
