import type { XmlNode } from '../xml/build.ts'

/**
 * A message as it can be written, which may say more oddly than one that was read: an instant as a text that stands as it is, the name of the user by another
 * element, no status at all.
 */
export type ToWrite<T> = T extends readonly (infer Element)[]
  ? readonly ToWrite<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: OddlyWritten<Key, T[Key]> }
    : T

type OddlyWritten<Key, Value> = Key extends 'issueInstant' | 'notOnOrAfter'
  ? Value | string
  : Key extends 'nameId'
    ? Value | XmlNode
    : Key extends 'status'
      ? Value | undefined
      : ToWrite<Value>
