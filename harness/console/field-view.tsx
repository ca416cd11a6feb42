import { legibleText } from '#server/legible-text'
import type { FormField } from './form-fields.ts'

/** Why what was asked for was not done, and the path of what is to blame. */
export interface Refused {
  readonly says: string
  readonly field: string | undefined
}

/** Whether a refusal is about what stands in this field: `status[0]` is about `status`. */
export function isAbout(refused: Refused | undefined, name: string): boolean {
  const { field = '' } = refused ?? {}
  return field === name || field.startsWith(`${name}.`) || field.startsWith(`${name}[`)
}

interface FieldProps {
  readonly field: FormField
  /** What was written before; undefined where nothing was sent yet. */
  readonly said: string | undefined
  readonly problem: string | undefined
}

/** A field with its name, what it means, and what is wrong with what stands in it. */
export function FieldView({
  field: { name, type, required, means, choices, value },
  said = value,
  problem,
}: FieldProps) {
  const attributes = {
    ...{ id: name, name, 'aria-describedby': `about-${name}` },
    ...(problem !== undefined && { 'aria-invalid': true }),
  } as const
  return (
    <div class="field">
      <label for={name}>
        <code>{name}</code> {required && <span class="quiet">needed</span>}
      </label>
      {choices === undefined ? (
        <input {...attributes} value={said} autocomplete="off" spellcheck={false} />
      ) : (
        <select {...attributes}>
          {[...(required ? [] : ['']), ...choices].map((each) => (
            <option value={each} selected={each === said}>
              {each}
            </option>
          ))}
        </select>
      )}
      <small id={`about-${name}`} class="quiet">
        {problem !== undefined && <b class="bad">{legibleText(problem)} </b>}
        {means} {choices === undefined && <code>{type}</code>}
      </small>
    </div>
  )
}
