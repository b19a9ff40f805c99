// Package snapshot is how a late node gets a ledger without its blocks: the stream up to one height
// (chain/ledger/storage), cut into chunks where it is (Cutter) and taken in where it is missing
// (Incoming). It executes nothing and believes nothing: what comes in is added to a ledger item by
// item, which judges it.
package snapshot
