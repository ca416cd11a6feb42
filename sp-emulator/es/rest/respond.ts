import { answerInLines, type HeaderLine } from '#server/answer-in-lines'
import type { RestAnswer } from './answer.ts'
import { filterByPath } from './filter-path.ts'
import type { Presentation } from './url-parameters.ts'

interface ResponseStyle extends Presentation {
  readonly method: string
  readonly productHeader: boolean
  readonly contentType: string
  /** Values of the Warning header. */
  readonly warnings: readonly string[]
  /** Of the request, as a server is given it. */
  readonly env: unknown
}

/** Writes an answer as the client wants it, under the header without which official clients refuse a server (spec §1.4). */
export function respond({ status, body, headers = {} }: RestAnswer, style: ResponseStyle): Response {
  const all: HeaderLine[] = style.productHeader ? [['X-elastic-product', 'Elasticsearch']] : []
  if (body !== undefined) all.push(['content-type', style.contentType])
  for (const warning of style.warnings) all.push(['Warning', warning])
  for (const [name, values] of Object.entries(headers)) {
    for (const value of typeof values === 'string' ? [values] : values) all.push([name, value])
  }
  const text = body === undefined || style.method === 'HEAD' ? null : write(body, style)
  return answerInLines(text, { status, headers: all }, style.env)
}

function write(body: object, { pretty, filterPath }: Presentation): string {
  const shown = filterPath === undefined ? body : filterByPath(body, filterPath)
  return pretty ? `${JSON.stringify(shown, null, 2)}\n` : JSON.stringify(shown)
}
