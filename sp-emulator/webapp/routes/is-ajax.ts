/** Claims that a script made this request, which cannot follow a login or a logout through other sites (web-app-flows §1.1). */
export function isAjax(request: Request): boolean {
  return request.headers.has('kbn-xsrf') || request.headers.has('kbn-version')
}
