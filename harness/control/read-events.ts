import { controlError } from './control-error.ts'

/** One of the Server-Sent Events. */
export interface ServerEvent {
  readonly event: string
  readonly data: string
}

/** Reads octets as the events that the control API writes, lines and fields as it spells them, also where they are cut anywhere. Comments, ids and what is not complete at the end are passed over. */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) yield* eventIn(block)
  }
}

function* eventIn(block: string): Generator<ServerEvent> {
  const lines = block.split('\n')
  const valuesOf = (field: string) =>
    lines.filter((line) => line.startsWith(`${field}: `)).map((line) => line.slice(field.length + 2))
  const data = valuesOf('data')
  if (data.length > 0) yield { event: valuesOf('event').at(-1) ?? 'message', data: data.join('\n') }
}

/**
 * What events tell, one after the other. The first behind a gap carries the count of what is missing before it as `gap`.
 * @throws ControlError dropped, when more came than was read
 */
export async function* itemsIn(events: AsyncIterable<ServerEvent>): AsyncGenerator<object> {
  let gap: number | undefined
  for await (const { event, data } of events) {
    const told = JSON.parse(data)
    if (event === 'dropped') throw controlError('dropped', told.message, { actual: told.count })
    if (event === 'gap') gap = told.count
    if (event !== 'message') continue
    yield gap === undefined ? told : { ...told, gap }
    gap = undefined
  }
}
