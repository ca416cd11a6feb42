import { parseDuration, parseInstant } from '../instants.ts'
import { attributeOf, type XmlElement } from './element.ts'

/** An xs:dateTime in epoch milliseconds; undefined when absent. */
export function instantOf(element: XmlElement, attribute: string): number | undefined {
  const text = attributeOf(element, attribute)
  return text === undefined ? undefined : parseInstant(text)
}

/** An xs:duration in milliseconds; undefined when absent. */
export function durationOf(element: XmlElement, attribute: string): number | undefined {
  const text = attributeOf(element, attribute)
  return text === undefined ? undefined : parseDuration(text)
}

/** An xs:boolean; undefined when absent. */
export function booleanOf(element: XmlElement, attribute: string): boolean | undefined {
  const text = attributeOf(element, attribute)?.trim()
  return text === undefined ? undefined : text === 'true' || text === '1'
}

/** An xs:unsignedShort; undefined when absent. */
export function indexOf(element: XmlElement, attribute: string): number | undefined {
  const text = attributeOf(element, attribute)
  return text === undefined ? undefined : Number(text)
}
