// A door to lib/signing-code in this folder: uni names a chunk after the place of its module below
// src, and one that lies outside has a name that no browser can import.
export * from '@/lib/signing-code'
