import { xmlLines } from './xml-pieces.ts'

/** A document to be read: indented, its parts told apart. All of it is text. */
export function XmlView({ document }: { document: string }) {
  return (
    <pre class="xml">
      {xmlLines(document).map(({ depth, pieces }) => (
        <>
          {'  '.repeat(depth)}
          {pieces.map(({ kind, text }) => (kind === 'text' ? text : <span class={`x-${kind}`}>{text}</span>))}
          {'\n'}
        </>
      ))}
    </pre>
  )
}
