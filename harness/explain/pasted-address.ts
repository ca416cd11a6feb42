import { hasMessage, inForm, inQuery, isFormBody } from './carried-by.ts'
import type { FoundMessage } from './found-message.ts'
import { joinLines } from './joined-lines.ts'
import { undoCopying, undoEncoding } from './undone.ts'

const word = /[^\s"<>`\\|^{}]+/g
const parameter = /SAML(?:Request|Response)(?:=|%(?:25)*3D)/i

/**
 * The messages of the addresses, queries and form bodies that stand in a text, in their order, parameters octet for octet as they were.
 * @throws ConfigError when one has two messages
 */
export function readPastedAddresses(text: string): FoundMessage[] | undefined {
  const copied = undoCopying(text)
  if (!parameter.test(copied.text)) return undefined
  const found = joinLines(copied.text).flatMap(({ text: line, isJoined }) => {
    const notes = isJoined ? [...copied.notes, 'joined lines'] : copied.notes
    return [...line.matchAll(word)]
      .filter(([written]) => parameter.test(written))
      .map(([written]) => readWord(written, { isAlone: written === line.trim(), notes }))
  })
  return found.filter((message) => message !== undefined)
}

interface Around {
  /** Whether nothing else stands in the line. */
  readonly isAlone: boolean
  readonly notes: readonly string[]
}

function readWord(written: string, { isAlone, notes }: Around): FoundMessage | undefined {
  const encoded = undoEncoding(withoutQuotes(written, isAlone))
  const [sent = '', ...fragment] = encoded.text.split('#')
  const { address, parameters } = divide(sent)
  if (!hasMessage(parameters)) return undefined
  const all = [...notes, ...encoded.notes, ...(fragment.length > 0 ? ['left out the fragment'] : [])]
  const isForm = address === undefined && !sent.includes('?') && isFormBody(parameters)
  const presented = isForm ? inForm({ parameters }) : inQuery({ parameters, address })
  return { presented, notes: all }
}

/** Without what stands around an address in a sentence or a command. */
function withoutQuotes(written: string, isAlone: boolean): string {
  const [quote = ''] = /['([]/.exec(written.slice(0, written.search(parameter))) ?? []
  if (quote === "'") return written.slice(written.indexOf("'") + 1).split("'")[0] ?? ''
  const inside = quote === '' ? written : written.slice(written.indexOf(quote) + 1)
  return isAlone && quote === '' ? inside : inside.replace(/[)\],;.']{1,8}$/, '')
}

/** Where it was sent, and the parameters behind it. */
function divide(sent: string): { readonly address?: string; readonly parameters: string } {
  const start = sent.search(/https?:\/\//)
  const query = sent.indexOf('?', Math.max(start, 0))
  const before = sent.search(parameter)
  if (query === -1 || query > before) return { parameters: withoutName(sent, before) }
  const parameters = sent.slice(query + 1)
  return start === -1 || start > query ? { parameters } : { address: sent.slice(start, query), parameters }
}

/** Without what a log calls it: `query_string=SAMLRequest=…`. */
const withoutName = (sent: string, start: number): string =>
  sent[start - 1] === '&' || start < 1 ? sent : sent.slice(start)
