/** What stands before every path of a role behind a proxy: empty, or `/kibana`. */
export function basePathOf(baseUrl: URL): string {
  return baseUrl.pathname.replace(/\/+$/, '')
}

/** The path as the role's routes know it, whether or not the proxy has taken the base path away. */
export function withoutBasePath(path: string, basePath: string): string {
  if (path === basePath) return '/'
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path
}
