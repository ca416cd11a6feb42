import { basePathOf } from '#server/base-path'

/** The addresses of an IdP. They come from its configuration, never from a request: a Host header must not decide where a message is for. */
export interface Endpoints {
  /** Scheme, host and port; what a browser sends as Origin from our own pages. */
  readonly origin: string
  /** What stands before every path: empty, or `/labs/<id>`. */
  readonly basePath: string
  readonly metadataUrl: string
  readonly ssoUrl: string
  readonly sloUrl: string
  readonly sloSoapUrl: string
}

export function makeEndpoints(baseUrl: string): Endpoints {
  const url = new URL(baseUrl)
  const { origin } = url
  const basePath = basePathOf(url)
  const at = (path: string) => `${origin}${basePath}${path}`
  const services = { ssoUrl: at('/sso'), sloUrl: at('/slo'), sloSoapUrl: at('/slo/soap') }
  return { origin, basePath, metadataUrl: at('/metadata'), ...services }
}
