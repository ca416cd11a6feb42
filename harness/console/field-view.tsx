import { legibleText } from '#server/legible-text'
import type { FormField } from './form-fields.ts'
import type { Known } from './known-here.ts'

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

/** A field with its name, what it means, and what is wrong with what stands in it. */
export function FieldView({ field, problem }: { field: FormField; problem: string | undefined }) {
  const { name, type, required, means, choices, words } = field
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
        <Text field={field} attributes={attributes} />
      ) : (
        <select {...attributes}>
          {[...(required ? [] : ['']), ...choices].map((each) => (
            <option value={each} selected={each === field.value}>
              {each}
            </option>
          ))}
        </select>
      )}
      <small id={`about-${name}`} class="quiet">
        {problem !== undefined && <b class="bad">{legibleText(problem)} </b>}
        {means} {choices === undefined && <code>{words.length === 0 ? type : `or ${type}`}</code>}
      </small>
    </div>
  )
}

interface TextProps {
  readonly field: FormField
  readonly attributes: Readonly<Record<string, unknown>>
}

/** What can be written, with what there is to choose from. */
function Text({ field: { name, value, words, known }, attributes }: TextProps) {
  const options: readonly Known[] = [...words.map((word) => ({ value: word })), ...known]
  const list = options.length === 0 ? undefined : `words-${name}`
  return (
    <>
      <input {...attributes} value={value} list={list} autocomplete="off" spellcheck={false} />
      {list !== undefined && (
        <datalist id={list}>
          {options.map((option) => (
            <option value={option.value}>{option.label !== undefined && legibleText(option.label)}</option>
          ))}
        </datalist>
      )}
    </>
  )
}
