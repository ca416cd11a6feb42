/** The path of a request, as the `pathname` of its URL is, whose making takes as long as the rest of finding out who is to answer. */
export function pathOf({ url }: Request): string {
  const [withQuery = ''] = url.split('#', 1)
  const [whole = ''] = withQuery.split('?', 1)
  return whole.slice(whole.indexOf('/', whole.indexOf('://') + '://'.length))
}
