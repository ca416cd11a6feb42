/** What stands before every path of a role behind a proxy: empty, or `/kibana`. */
export function basePathOf(baseUrl: URL): string {
  return baseUrl.pathname.replace(/\/+$/, '')
}

/** What the name of a cookie ends with below a base path: a browser sends every cookie of a host to the paths below its own, so that a name says whose it is. */
export function cookieSuffixOf(basePath: string): string {
  return basePath.replace(/[^\w.-]/g, '_')
}

/** The path as the role's routes know it, whether or not the proxy has taken the base path away. */
export function withoutBasePath(path: string, basePath: string): string {
  if (path === basePath) return '/'
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path
}
