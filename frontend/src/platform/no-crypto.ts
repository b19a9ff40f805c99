// sm-crypto-v2 asks node for its random source when a browser has none. Ours comes from
// platform/random.ts.
export default {}
