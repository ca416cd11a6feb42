import { hasMessage, inForm } from './carried-by.ts'
import type { FoundMessage } from './found-message.ts'

const body = /\s(?:--data(?:-raw|-binary|-urlencode|-ascii)?|-d)[\s=]*\$?(?:'([^']*)'|"([^"]*)"|(\S+))/g
const target = /https?:\/\/[^\s'"?#]+/

/** The message in what a `curl` sends as a form; what it sends in an address is read as any address is. */
export function readPastedCommand(text: string): FoundMessage[] | undefined {
  if (!/^\s*(?:\$ )?curl\s/.test(text)) return undefined
  const parameters = [...text.matchAll(body)]
    .map(([, single, double, bare]) => single ?? double ?? bare ?? '')
    .join('&')
  if (!hasMessage(parameters)) return undefined
  return [{ presented: inForm({ parameters, address: target.exec(text)?.[0] }), notes: [] }]
}
