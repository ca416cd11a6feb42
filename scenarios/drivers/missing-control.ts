import type { SeenPage } from './user-agent.ts'

/** What a step that presses a control says of a page that has none of that name. */
export function missingControl(
  name: string,
  { url, text, controls }: SeenPage & { readonly controls: readonly string[] },
): Error {
  return new Error(`${url} has no control [${name}]; it has [${controls.join(', ')}] and says: ${text}`)
}
