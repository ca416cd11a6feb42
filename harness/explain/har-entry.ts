import { type Exchange, headerOf, list, mapping, text } from './exchange.ts'

/** An entry of an HTTP Archive (HAR 1.2), without its cookies, its other headers, and bodies of another kind. */
export function exchangeOfHar(entry: unknown): Exchange {
  const { request, response, startedDateTime } = mapping(entry)
  const { method, url, postData } = mapping(request)
  const { headers, redirectURL, content } = mapping(response)
  return {
    method: text(method) ?? 'GET',
    url: text(url) ?? '',
    at: text(startedDateTime),
    body: bodyOf(postData),
    location: headerOf(headers, 'location') ?? text(redirectURL),
    answer: contentOf(content),
  }
}

/** The text as it was sent where it is there: browsers write `params` decoded, half decoded or not at all. */
function bodyOf(postData: unknown): string | undefined {
  return contentOf(postData) ?? paramsOf(mapping(postData)['params'])
}

function paramsOf(params: unknown): string | undefined {
  const pairs = list(params).map((param) => {
    const { name, value } = mapping(param)
    return `${text(name) ?? ''}=${encoded(text(value) ?? '')}`
  })
  return pairs.length === 0 ? undefined : pairs.join('&')
}

/** A value that is still encoded stays so. */
const encoded = (value: string): string => (/%[\dA-Fa-f]{2}/.test(value) ? value : encodeURIComponent(value))

function contentOf(content: unknown): string | undefined {
  const { text: written, encoding } = mapping(content)
  const said = text(written)
  return said !== undefined && encoding === 'base64' ? Buffer.from(said, 'base64').toString() : said
}
