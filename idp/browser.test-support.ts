import { parse } from 'node-html-parser'
import type { Fetch } from '#server/serve'

/** A form as a person sees it: where it goes, what it holds, the names on its buttons. */
interface SeenForm {
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
  readonly buttons: readonly { readonly label: string; readonly name: string | undefined; readonly value: string }[]
}

export interface SeenPage {
  readonly status: number
  readonly location: string
  readonly headers: Headers
  readonly html: string
  readonly text: string
  readonly title: string
  readonly forms: readonly SeenForm[]
}

/**
 * A browser without scripts that keeps cookies, follows redirects inside the IdP and stops at the door of everybody else. All cookies are Lax: what a page of
 * another site posts comes without them.
 */
export function createBrowser(fetch: Fetch, origin: string) {
  const cookies = new Map<string, string>()

  const send = async (
    url: string,
    init: RequestInit & { headers?: Record<string, string> } = {},
  ): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const isForeignPost = init.method === 'POST' && (init.headers?.['origin'] ?? origin) !== origin
    const headers = { ...init.headers, ...(cookie === '' || isForeignPost ? {} : { cookie }) }
    const response = await fetch(new Request(new URL(url, origin), { ...init, headers }))
    for (const line of response.headers.getSetCookie()) keep(cookies, line)
    return response
  }

  const follow = async (response: Response): Promise<SeenPage> => {
    const location = response.headers.get('location') ?? ''
    const inside = location !== '' && new URL(location, origin).origin === origin
    return inside ? follow(await send(location)) : see(response, location)
  }

  const post = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams(fields).toString()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return follow(await send(path, { method: 'POST', body, headers: { origin, ...type, ...headers } }))
  }

  return {
    cookies,
    send,
    post,
    open: async (url: string) => follow(await send(url)),
    /** Presses the button with this name. */
    press: async (page: SeenPage, label: string) => {
      const { form, button } = findButton(page, label)
      const own = button.name === undefined ? {} : { [button.name]: button.value }
      return post(form.action, { ...form.fields, ...own })
    },
  }
}

export type Browser = ReturnType<typeof createBrowser>

/** The form with a button of this name. */
export function findButton(page: SeenPage, label: string) {
  for (const form of page.forms) {
    const button = form.buttons.find((each) => each.label === label)
    if (button !== undefined) return { form, button }
  }
  throw new Error(`no button [${label}] on the page: ${page.text}`)
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';')
  const name = pair.slice(0, pair.indexOf('='))
  if (/max-age=0/i.test(line)) cookies.delete(name)
  else cookies.set(name, pair.slice(name.length + 1))
}

async function see(response: Response, location: string): Promise<SeenPage> {
  const html = await response.text()
  const document = parse(html)
  const forms = document.querySelectorAll('form').map((form) => ({
    action: form.getAttribute('action') ?? '',
    fields: Object.fromEntries(
      form
        .querySelectorAll('input')
        .map((field) => [field.getAttribute('name') ?? '', field.getAttribute('value') ?? '']),
    ),
    buttons: form.querySelectorAll('button').map((button) => ({
      label: button.text.trim(),
      name: button.getAttribute('name'),
      value: button.getAttribute('value') ?? '',
    })),
  }))
  const text = document.querySelector('main')?.structuredText.replace(/\s+/g, ' ') ?? ''
  const title = document.querySelector('h1')?.text ?? ''
  return { status: response.status, location, headers: response.headers, html, text, title, forms }
}
