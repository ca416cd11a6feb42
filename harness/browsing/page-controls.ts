import { type HTMLElement, parse } from 'node-html-parser'
import { visibleText } from './visible-text.ts'

/** What pressing a control sends. */
export type Action =
  | { readonly method: 'GET'; readonly url: string }
  | { readonly method: 'POST'; readonly url: string; readonly body: string }

/** Where a page goes by itself after a time, scripts or not. */
export interface Refresh {
  readonly seconds: number
  readonly url: string
}

/** A page without a browser: its visible text, its controls by name, and whether it goes on by itself. */
export interface ParsedPage {
  readonly text: string
  readonly controls: ReadonlyMap<string, Action>
  /** The control that the page's script presses; undefined for a page that waits for a person, or for its refresh. */
  readonly automatic: Action | undefined
  readonly refresh: Refresh | undefined
  /** The addresses of its frames. */
  readonly frames: readonly string[]
}

/** With scripts off nothing is pressed by itself, and what stands in `<noscript>` is there. */
export interface ParseOptions {
  readonly scripts?: 'off' | undefined
}

// What is not named here is read as elements, `<noscript>` too.
const textOnly = { blockTextElements: { script: true, style: true, pre: true } }

/** Reads the buttons and links of an HTML document by the names that a person sees. */
export function parsePage(html: string, url: string, { scripts }: ParseOptions = {}): ParsedPage {
  const document = parse(html, textOnly)
  if (scripts !== 'off') for (const element of document.getElementsByTagName('noscript')) element.remove()
  const hasScript = scripts !== 'off' && document.getElementsByTagName('script').length > 0
  const controls = controlsOf(document, url)
  const refresh = refreshOf(document, url)
  return {
    text: visibleText(document.getElementsByTagName('body')[0] ?? document),
    controls,
    automatic: hasScript && refresh === undefined ? controls.get('Continue') : undefined,
    refresh,
    frames: withAttribute(document, 'iframe', 'src').map((frame) => addressIn(frame, 'src', url)),
  }
}

/** By their names, without selectors: to compile one takes longer than to walk through a page. */
const withAttribute = (within: HTMLElement, name: string, attribute: string): readonly HTMLElement[] =>
  within.getElementsByTagName(name).filter((element) => element.getAttribute(attribute) !== undefined)

function controlsOf(document: HTMLElement, url: string): Map<string, Action> {
  const controls = new Map<string, Action>()
  for (const link of withAttribute(document, 'a', 'href')) {
    addControl(controls, link, { method: 'GET', url: addressIn(link, 'href', url) })
  }
  for (const form of document.getElementsByTagName('form')) {
    for (const button of form.getElementsByTagName('button')) {
      addControl(controls, button, submission({ form, button }, url))
    }
  }
  return controls
}

const addressIn = (element: HTMLElement, attribute: string, base: string): string =>
  new URL(element.getAttribute(attribute) ?? '', base).href

function addControl(controls: Map<string, Action>, element: HTMLElement, action: Action): void {
  const name = visibleText(element).replace(/\s+/g, ' ')
  if (!controls.has(name)) controls.set(name, action)
}

interface Submission {
  readonly form: HTMLElement
  readonly button: HTMLElement
}

function submission({ form, button }: Submission, url: string): Action {
  const action = new URL(form.getAttribute('action') ?? '', url)
  const fields = new URLSearchParams()
  for (const field of [...withAttribute(form, 'input', 'name'), button]) {
    const name = field.getAttribute('name')
    if (name !== undefined) fields.append(name, field.getAttribute('value') ?? '')
  }
  if (form.getAttribute('method')?.toLowerCase() === 'post') {
    return { method: 'POST', url: action.href, body: fields.toString() }
  }
  action.search = fields.toString()
  return { method: 'GET', url: action.href }
}

/** Without an address it is the page itself that comes again. */
function refreshOf(document: HTMLElement, url: string): Refresh | undefined {
  const meta = document.getElementsByTagName('meta').find(isRefresh)
  const [, seconds, target = ''] = /^\s*(\d+)[^;,]*(?:[;,]\s*(?:url\s*=)?\s*(.*))?$/is.exec(
    meta?.getAttribute('content') ?? '',
  ) ?? [undefined, undefined]
  if (seconds === undefined) return undefined
  return { seconds: Number(seconds), url: new URL(target.replace(/^(['"])(.*)\1\s*$/s, '$2'), url).href }
}

const isRefresh = (meta: HTMLElement): boolean => meta.getAttribute('http-equiv')?.toLowerCase() === 'refresh'
