/** What the realm wants to be kept with a token pair and asked for again by equality. Opaque here; null equals only null. */
export type TokenMetadata = Readonly<Record<string, string | null>>
