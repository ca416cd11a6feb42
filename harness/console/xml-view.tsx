import { legibleText } from '#server/legible-text'
import { xmlLines } from './xml-pieces.ts'

/** A document to be read: indented, its parts told apart. All of it is text. */
export function XmlView({ document }: { document: string }) {
  return (
    <pre class="xml">
      {xmlLines(document).map(({ depth, pieces }) => (
        <>
          {'  '.repeat(depth)}
          {pieces.map(({ kind, text }) =>
            kind === 'text' ? legible(text) : <span class={`x-${kind}`}>{legible(text)}</span>,
          )}
          {'\n'}
        </>
      ))}
    </pre>
  )
}

/** Line by line, since lines are what may be broken here. */
const legible = (text: string): string => text.split('\n').map(legibleText).join('\n')
