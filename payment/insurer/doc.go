// Package insurer speaks the national health-insurance platform's (国家医保局) signed envelope over
// HTTP: the wire protocol for both sides, and a client that is a bureau.Insurer.
//
// Sources: domain.md 4.1, 4.3 and 4.4 and public descriptions of the platform's SDK. Regions differ
// in names, so the names are in one file (messages.go) and the credentials are configuration
// ([Partner]).
//
// # The envelope
//
// A message is JSON: appId, encType "SM4", signType "SM2", timestamp (Unix milliseconds), transType
// (the operation), version, encData, signData.
//
//   - Text to sign: the fields without encData and signData and without empty ones, plus data, as
//     "k=v&" sorted by key without regard to case, then "key=" and the secret. data is the inner
//     message as compact JSON, keys in byte order at every level, nulls and empties dropped,
//     numbers and booleans as strings.
//   - signData: base64 of r‖s (64 bytes) of SM2 with SM3 over the UTF-8 text; the signer's id is
//     gm.ID, as in the reference SDK.
//   - encData: upper-case hex of SM4-ECB with PKCS #7 over data; the key is the first 16 characters
//     of the upper-case hex of the secret encrypted under the first 16 characters of appId.
//
// The encryption is weak (64 bits of key, ECB, no authentication) and is there because the platform
// asks for it: secrecy is TLS's work, and truth the signature's. Nothing of a message is believed
// before its signature, time and references are checked.
//
// # How an answer is read
//
// Strictly as to who said it, tolerantly as to how: the signature, the time and the reference to
// our message must hold, and so must every sum, in fen. Fields that are not known are ignored,
// numbers may be texts and have any count of decimals that is exact in fen, and funds of other
// names than the pooled one are kept and summed (money.Split.OtherFunds). An answer that cannot
// be read after money has moved is an unknown outcome, and a person has to end it.
//
// # What an error means
//
// Only a signed answer is an answer. A time-out, a broken connection, an HTTP error, a wrong
// signature, an old or foreign answer: all are bureau.ErrUnknownOutcome. A signed refusal is
// bureau.ErrRefused or bureau.ErrUnknownOrder.
package insurer
