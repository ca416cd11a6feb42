import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const repository = fileURLToPath(new URL('..', import.meta.url))
const documentation = readdirSync(join(repository, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`)
const pages = ['README.md', 'CHANGELOG.md', ...documentation]

const textOf = (page: string) => readFileSync(join(repository, page), 'utf8').replaceAll(/^```.*?^```$/gms, '')

/** Where a page leads to within the repository, as written. */
const linksOf = (page: string): readonly string[] =>
  [
    ...textOf(page)
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target))

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading)
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

function leadsNowhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : relative(repository, join(repository, dirname(page), path))
  if (!existsSync(join(repository, target))) return true
  return anchor !== undefined && !anchorsOf(target).has(anchor)
}

test.each(pages)('each link in %s leads somewhere', (page) => {
  expect(linksOf(page).filter((link) => leadsNowhere(page, link))).toEqual([])
})

test('the README names every page of the documentation', () => {
  const named = linksOf('README.md')
  expect(documentation.filter((page) => !named.includes(page))).toEqual([])
})

test('a page of the documentation begins with its title, and has no other', () => {
  const titles = (page: string) => [...textOf(page).matchAll(/^# /gm)].map(({ index }) => index)
  expect(documentation.filter((page) => titles(page).join() !== '0')).toEqual([])
})
