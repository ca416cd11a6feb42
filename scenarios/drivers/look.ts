import { parsePage } from '../../harness/browsing/page-controls.ts'
import { exchange } from './http-exchange.ts'
import { noPage, reasonOf } from './no-page.ts'

/** What an address answers to these cookies, of which nothing is kept; the status is 0 where it gives no answer. */
export async function look(url: string, cookie: string): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { accept: 'text/html', ...(cookie !== '' && { cookie }) }
  try {
    const { status, text } = await exchange({ method: 'GET', url, headers })
    return { status, text: parsePage(text, url).text }
  } catch (error) {
    return { status: 0, text: noPage(reasonOf(error)) }
  }
}
