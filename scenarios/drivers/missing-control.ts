import type { SeenPage } from './user-agent.ts'

/** What a step that presses a control says of a page that has none of that name. */
export function missingControl(
  name: string,
  { url, text, controls }: SeenPage & { readonly controls: readonly string[] },
): Error {
  return new Error(`${url} has no control [${name}]; it has [${controls.join(', ')}] and says: ${text}`)
}

/** What a step that fills a form says where it has no field of that name. */
export const missingField = (name: string): Error => new Error(`the form has no field [${name}] that could be filled`)
