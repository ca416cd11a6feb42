import { type HTMLElement, parse } from 'node-html-parser'
import { visibleText } from './visible-text.ts'

/** What pressing a control sends. */
export type Action =
  | { readonly method: 'GET'; readonly url: string }
  | { readonly method: 'POST'; readonly url: string; readonly body: string }

/** A page without a browser: its visible text, its controls by name, and whether it goes on by itself. */
export interface ParsedPage {
  readonly text: string
  readonly controls: ReadonlyMap<string, Action>
  /** The control that the page's script presses; undefined for a page that waits for a person. */
  readonly automatic: Action | undefined
}

/** Reads the buttons and links of an HTML document by the names that a person sees. */
export function parsePage(html: string, url: string): ParsedPage {
  const document = parse(html)
  const hasScript = document.querySelector('script') !== null
  const controls = new Map<string, Action>()
  for (const link of document.querySelectorAll('a[href]')) {
    addControl(controls, link, { method: 'GET', url: new URL(link.getAttribute('href') ?? '', url).href })
  }
  for (const button of document.querySelectorAll('form button')) addControl(controls, button, submission(button, url))
  return {
    text: visibleText(document.querySelector('body') ?? document),
    controls,
    automatic: hasScript ? controls.get('Continue') : undefined,
  }
}

function addControl(controls: Map<string, Action>, element: HTMLElement, action: Action): void {
  const name = visibleText(element).replace(/\s+/g, ' ')
  if (!controls.has(name)) controls.set(name, action)
}

function submission(button: HTMLElement, url: string): Action {
  const form = button.closest('form')
  const action = new URL(form?.getAttribute('action') ?? '', url)
  const fields = new URLSearchParams()
  for (const field of [...(form?.querySelectorAll('input[name]') ?? []), button]) {
    const name = field.getAttribute('name')
    if (name !== undefined) fields.append(name, field.getAttribute('value') ?? '')
  }
  if (form?.getAttribute('method')?.toLowerCase() === 'post') {
    return { method: 'POST', url: action.href, body: fields.toString() }
  }
  action.search = fields.toString()
  return { method: 'GET', url: action.href }
}
