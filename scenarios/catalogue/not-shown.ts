/** Scenarios of `spec/logout-bugs.md` 4.2 that no story shows, and why. */
export const scenariosNotShown: Readonly<Record<number, string>> = {}

/** Bugs of the field (docs/bugs.md) that no story shows, and why. */
export const bugsNotShown: Readonly<Record<string, string>> = {
  C19: 'No application here asks for a passive login, and the IdP would keep one like any other.',
  E7: 'Whether a page fetches an address or goes there is decided by its script; the pages here go there.',
  G16: 'No IdP here is a service provider of another.',
  H3: 'It is about storage that Firefox keeps apart by site; a story names no engine, and the pages here store nothing.',
}
