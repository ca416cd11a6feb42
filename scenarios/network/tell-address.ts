import type { ToldAddress } from './condition.ts'
import { type Head, splitTarget } from './split-target.ts'

type HeaderLine = readonly [name: string, value: string]

/** The request as a proxy passes it on that calls its party by another address: lines that say so stand where they stood, else at the end, and once. */
export function tellAddress({ target, headers }: Head, told: ToldAddress): Pick<Head, 'target' | 'headers'> {
  const { scheme, port, path } = told
  const { query } = splitTarget(target)
  const lines = linesOf(headers)
  const isElsewhere = told.host !== undefined || port !== undefined
  const authority = isElsewhere ? authorityOf(valueIn(lines, 'host'), told) : undefined
  const toldLines = {
    Host: authority,
    'X-Forwarded-Proto': scheme,
    'X-Forwarded-Host': authority,
    'X-Forwarded-Port': port?.toString(),
  }
  return {
    target: path === undefined ? target : [path, ...(query === undefined ? [] : [query])].join('?'),
    headers: Object.entries(toldLines).reduce(withLine, lines).flat(),
  }
}

const linesOf = (headers: readonly string[]): readonly HeaderLine[] =>
  headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1] ?? ''] as const] : []))

const isCalled = (wanted: string) => (line: HeaderLine) => line[0].toLowerCase() === wanted.toLowerCase()

const valueIn = (lines: readonly HeaderLine[], name: string): string => lines.find(isCalled(name))?.[1] ?? ''

/** The host and port that the request names, with what is told in place of either. */
function authorityOf(called: string, told: ToldAddress): string {
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(called) ?? []
  const number = told.port ?? port
  return [told.host ?? host, ...(number === undefined ? [] : [number])].join(':')
}

function withLine(lines: readonly HeaderLine[], [name, value]: [string, string | undefined]): readonly HeaderLine[] {
  if (value === undefined) return lines
  const at = lines.findIndex(isCalled(name))
  if (at === -1) return [...lines, [name, value]]
  const isAnother = isCalled(name)
  return lines.flatMap((line, index) => (index === at ? [[line[0], value] as const] : isAnother(line) ? [] : [line]))
}
