/**
 * Claims that a page of our own sent the request. Browsers say so in `Sec-Fetch-Site`, and where they do not, on plain http, in `Origin`;
 * no page can make them say otherwise.
 */
export function isSameOrigin(request: Request, baseUrl: URL): boolean {
  const site = request.headers.get('sec-fetch-site')
  return site === null ? request.headers.get('origin') === baseUrl.origin : site === 'same-origin'
}
