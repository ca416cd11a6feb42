import { type HTMLElement, type Node, NodeType } from 'node-html-parser'

/** What stands on lines of its own without any style sheet, and buttons, which are drawn apart. */
const block =
  /^(article|aside|blockquote|body|button|caption|d[dlt]|div|fieldset|footer|form|h[1-6r]|header|li|main|nav|[ou]l|p|pre|section|table|tbody|tfoot|thead|tr)$/
const cell = /^t[dh]$/
const invisible = /^(script|style|template)$/

/**
 * The text of an element as `innerText` gives it in a browser: a block or a row of a table is a line, cells are separated by a tab, and whitespace that
 * only formats the source is one space. No line is empty.
 */
export function visibleText(element: HTMLElement): string {
  return drawn(element)
    .replace(/ *([\t\n]) */g, '$1')
    .replace(/\n+/g, '\n')
    .replace(/ +/g, ' ')
    .replace(/^[ \n]+|[ \n]+$/g, '')
}

function drawn(node: Node): string {
  if (node.nodeType === NodeType.TEXT_NODE) return node.text.replace(/[ \t\r\n\f]+/g, ' ')
  if (!isElement(node)) return ''
  const name = node.rawTagName?.toLowerCase() ?? ''
  if (invisible.test(name)) return ''
  if (name === 'br') return '\n'
  const text = node.childNodes.map(drawn).join('')
  if (block.test(name)) return `\n${text}\n`
  return cell.test(name) && node.nextElementSibling !== null ? `${text}\t` : text
}

function isElement(node: Node): node is HTMLElement {
  return node.nodeType === NodeType.ELEMENT_NODE
}
