// Everything that needs SM2: one chunk, fetched by platform/signing when a page first signs or
// verifies.
export * from './evidence'
export * from './fingerprint'
export * from './history'
export * from './keys'
export * from './keystore'
export * from './members'
export * from './proof'
export * from './receipt'
export * from './record'
export * from './signing'
