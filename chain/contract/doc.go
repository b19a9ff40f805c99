// Package contract is the law of the chain: one file a contract. A contract says which kinds of
// records its subjects take, from which status to which, who may write them, which facts they
// carry, which conditions they must meet and what they change. It is data and small pure functions;
// it reads and writes nothing.
//
// chain checks the shape of statements by it, chain/ledger interprets it, and audit, oversight, the
// explorer and the phone read the same table: contract.json here, frontend/lib/contract.ts and
// what RECEIPT.md says of kinds, facts, states and roles are written from it (go test
// ./chain/contract -update), and the API's description takes its lists of statuses from it.
//
// Everything in it carries the schema it begins with. Where that schema is not in force, it is as
// if it were not there: an old and a new program agree on every block.
package contract
