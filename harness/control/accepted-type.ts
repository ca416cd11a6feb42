/** Of the media types that can be answered the one that an `Accept` likes best (RFC 9110 §12.5.1), and among equals the one it names first; JSON where it names none of them. */
export function acceptedType(accept: string | null, others: readonly string[]): string {
  const ranked = (accept ?? '')
    .split(',')
    .map(readRange)
    .filter(({ type, weight }) => weight > 0 && (others.includes(type) || type === json || type === '*/*'))
    .sort((one, other) => other.weight - one.weight)
  const [best] = ranked
  return best === undefined || best.type === '*/*' ? json : best.type
}

const json = 'application/json'

function readRange(range: string): { readonly type: string; readonly weight: number } {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  const weight = quality === undefined ? 1 : Number(quality.slice(2))
  return { type, weight: Number.isFinite(weight) ? weight : 0 }
}
