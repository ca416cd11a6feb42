import { messageParameters } from './document-in.ts'
import { unescapeHtml } from './html-escapes.ts'

/** A form that a page submits by itself. */
export interface PageForm {
  /** As it is written; undefined when the form names none. */
  readonly action: string | undefined
  readonly fields: Readonly<Record<string, string>>
}

const tag = /<(form|input|\/form)\b([^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*)>/gi
const attribute = /(?<![\w:-])([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g
const taken: readonly string[] = [...messageParameters, 'RelayState']

/** The forms in a page that carry a SAML message, with no field but those of SAML. */
export function formsInPage(page: string): readonly PageForm[] {
  const forms: { action: string | undefined; fields: Record<string, string> }[] = []
  let isOpen = false
  for (const [, name = '', written = ''] of page.matchAll(tag)) {
    const attributes = attributesIn(written)
    if (name.toLowerCase() !== 'input') {
      isOpen = name.toLowerCase() === 'form'
      if (isOpen) forms.push({ action: attributes.get('action'), fields: {} })
      continue
    }
    // A part of a page may have inputs alone.
    if (!isOpen && forms.length === 0) forms.push({ action: undefined, fields: {} })
    const field = attributes.get('name') ?? ''
    const form = forms.at(-1)
    if (form !== undefined && taken.includes(field)) form.fields[field] = attributes.get('value') ?? ''
  }
  return forms.filter(({ fields }) => messageParameters.some((parameter) => parameter in fields))
}

function attributesIn(written: string): ReadonlyMap<string, string> {
  const found = [...written.matchAll(attribute)]
  return new Map(
    found.map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      unescapeHtml(double ?? single ?? bare ?? ''),
    ]),
  )
}
