import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createProgram } from './program.ts'

const page = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')
const pages = `${page('commands.md')}${page('explain.md')}`

const names = 'up idp es app partner run mint explain journal control mcp ready'.split(' ')

async function commandsWithFlags() {
  const cli = { print: () => undefined, stop: new AbortController().signal, startRoles: async () => Promise.reject() }
  return (await createProgram(names, cli)).commands
}

test('docs/commands.md has every command', async () => {
  const commands = (await commandsWithFlags()).map((command) => command.name())
  expect(commands.sort()).toEqual([...names].sort())
  expect(commands.filter((name) => !pages.includes(`| \`sloop ${name}`))).toEqual([])
})

test('docs/commands.md, or docs/explain.md, has every flag', async () => {
  const options = (await commandsWithFlags()).flatMap((command) => command.options)
  expect(options.length).toBeGreaterThan(0)
  const flags = new Set(options.flatMap(({ long }) => long ?? []))
  expect([...flags].filter((flag) => !new RegExp(`${flag}(?![\\w-])`).test(pages))).toEqual([])
})
