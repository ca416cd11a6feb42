import { controlError } from '../control/control-error.ts'
import { createDescriber } from '../journal/describe-entry.ts'
import { toHar } from '../journal/to-har.ts'
import { toJsonLines } from '../journal/to-lines.ts'
import { toMermaid } from '../journal/to-mermaid.ts'
import type { Visit } from './visit.ts'

const formats = {
  jsonl: { write: toJsonLines, type: 'application/x-ndjson', file: 'journal.jsonl' },
  har: { write: toHar, type: 'application/har+json', file: 'journal.har' },
  mermaid: { write: toMermaid, type: 'text/vnd.mermaid', file: 'journal.mmd' },
} as const

const isFormat = (name: string): name is keyof typeof formats => Object.hasOwn(formats, name)

/** The journal as a file, for a plain link. @throws ControlError where the format is none of ours */
export async function download({ request, parties }: Visit): Promise<Response> {
  const format = new URL(request.url).searchParams.get('format') ?? ''
  if (!isFormat(format)) {
    const expected = Object.keys(formats)
    throw controlError('invalid', `format: expected one of ${expected.join(', ')}`, { path: 'format', expected })
  }
  const { write, type, file } = formats[format]
  const { describe } = createDescriber(parties)
  return new Response(write(parties.journal.since().map(describe)), {
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="${file}"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
