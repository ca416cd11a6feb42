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
export function respond(answer: RestAnswer, style: ResponseStyle): Response {
  const { status, body, headers = {} } = answer
  const all: HeaderLine[] = style.productHeader ? [['X-elastic-product', 'Elasticsearch']] : []
  if (body !== undefined) all.push(['content-type', style.contentType])
  for (const warning of style.warnings) all.push(['Warning', warning])
  for (const [name, values] of Object.entries(headers)) {
    for (const value of typeof values === 'string' ? [values] : values) all.push([name, value])
  }
  const text = body === undefined || style.method === 'HEAD' ? null : write(shownOf(body, answer, style), style)
  return answerInLines(text, { status, headers: all }, style.env)
}

function shownOf(body: object, { isError }: RestAnswer, { filterPath }: Presentation): object {
  return isError || filterPath === undefined ? body : filterByPath(body, filterPath)
}

function write(body: object, { pretty }: Presentation): string {
  return pretty ? `${JSON.stringify(body, null, 2)}\n` : JSON.stringify(body)
}
