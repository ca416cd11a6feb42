let told: Response | undefined

/** What a server answers who has dealt with the socket itself: the adapter writes nothing after this. */
export function alreadySent(): Response {
  told ??= new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
  return told
}
